// The duel as a screen: TCP on the left, UDP on the right, one line to type in. Drawn from values alone.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import type { Language } from '../../../reports/language/language.ts';
import { numbersIn } from '../../../reports/language/numbers.ts';
import { wrap } from '../../../reports/plain-text.ts';
import { linkLine } from '../../across/link-line.ts';
import type { Transport } from '../../across/live-link.ts';
import { CHAT_TEXTS } from '../../chat/texts.ts';
import { printable } from '../../printable.ts';
import { colourOf, Field, fitted, isTooSmall, LEAST, Rule } from '../../screen/parts.tsx';
import type { DuelModel } from '../model/duel-model.ts';
import type { DuelTyping } from '../model/duel-typing.ts';
import { scoreOf } from '../model/score.ts';
import { DUEL_TEXTS } from '../texts.ts';
import { glyphOf, inboxLines, type Look, scoreLines } from './side-lines.ts';

export interface DuelScreenProps {
  readonly model: DuelModel;
  readonly typing: DuelTyping;
  /** What was last said to the user himself; undefined where there is nothing. */
  readonly notice: string | undefined;
  readonly language: Language;
  readonly columns: number;
  readonly rows: number;
  readonly hasColour: boolean;
}

const SCORE_ROWS = 5;
const MAP_ROWS = 2;
/** Title, rule before the field, the field, rule behind it, link. */
const OTHER_ROWS = 5;
/** A notice that is longer is cut. */
const MOST_NOTICE_ROWS = 4;

/** How many lines of each inbox are seen at once. A small screen does without the last line of the score. */
export function inboxHeight({ rows, columns }: { rows: number; columns: number }, notice: string | undefined): number {
  return Math.max(1, rows - OTHER_ROWS - scoreRows(rows) - MAP_ROWS - noticeLines(notice ?? '', columns).length);
}

function scoreRows(rows: number): number {
  return rows < 20 ? SCORE_ROWS - 1 : SCORE_ROWS;
}

/** At least one, for the hint. */
function noticeLines(notice: string, columns: number): string[] {
  const lines = wrap(printable(notice), columns);
  return lines.length === 0 ? [''] : lines.slice(0, MOST_NOTICE_ROWS);
}

export function DuelScreen(props: DuelScreenProps): ReactNode {
  const { language, columns, rows, typing } = props;
  if (isTooSmall(props)) {
    return <Text>{DUEL_TEXTS[language].tooSmall(String(LEAST.columns), String(LEAST.rows))}</Text>;
  }
  if (typing.showsKeys) return <Keys {...props} />;
  const width = Math.floor((columns - 3) / 2);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box>
        <SideBox {...props} transport="tcp" width={width} />
        <Between height={rows - 4 - noticeLines(props.notice ?? '', columns).length} />
        <SideBox {...props} transport="udp" width={width} />
      </Box>
      <Rule columns={columns} />
      <Line {...props} />
      <Rule columns={columns} />
      <Status {...props} />
    </Box>
  );
}

function Between({ height }: { height: number }): ReactNode {
  return <Text dimColor>{Array.from({ length: height }, () => ' │ ').join('\n')}</Text>;
}

type SideProps = DuelScreenProps & { readonly transport: Transport; readonly width: number };

function SideBox(props: SideProps): ReactNode {
  const { model, transport, width, rows, language, hasColour } = props;
  const { connection, legs } = model.sides[transport];
  const texts = DUEL_TEXTS[language];
  const trouble =
    connection.kind === 'up'
      ? undefined
      : connection.kind === 'down'
        ? texts.down(printable(connection.why))
        : texts.unavailable;
  return (
    <Box flexDirection="column" width={width}>
      <Text wrap="truncate">
        <Text bold>{transport.toUpperCase()}</Text>
        {trouble !== undefined && (
          <Text {...lookOf('bad', hasColour)}> {fitted(trouble, width - transport.length - 1)}</Text>
        )}
      </Text>
      <MessageMap {...props} />
      <Box flexDirection="column" height={scoreRows(rows)}>
        {scoreLines(scoreOf({ legs }), language)
          .slice(0, scoreRows(rows))
          .map((line, row) => ({ line, row }))
          .map(({ line, row }) => (
            <Text key={row} dimColor wrap="truncate">
              {fitted(line, width)}
            </Text>
          ))}
      </Box>
      <Inbox {...props} />
    </Box>
  );
}

/** The last messages, one character each. */
function MessageMap({ model, transport, width, hasColour }: SideProps): ReactNode {
  const { legs } = model.sides[transport];
  const first = Math.max(0, Math.ceil((legs.length - MAP_ROWS * width) / width) * width);
  const glyphs = legs.slice(first).map((leg, at) => ({ ...glyphOf(leg), number: first + at + 1 }));
  return (
    <Box height={MAP_ROWS} width={width}>
      <Text>
        {glyphs.map(({ glyph, look, number }) => (
          <Text key={number} {...lookOf(look, hasColour)}>
            {glyph}
          </Text>
        ))}
      </Text>
    </Box>
  );
}

function Inbox({ model, transport, width, rows, columns, notice, language, typing, hasColour }: SideProps): ReactNode {
  const { above, below } = CHAT_TEXTS[language];
  const { count } = numbersIn(language);
  const height = inboxHeight({ rows, columns }, notice);
  const { length } = model.sides[transport].log;
  const scrolled = Math.min(typing.scrolled, Math.max(0, length - height));
  const from = Math.max(0, length - height - scrolled);
  const window = inboxLines(model, transport, language, { from, to: from + height });
  const shown = window.map((line, at) => ({ ...line, place: from + at }));
  const isEmpty = model.messages.length === 0 && transport === 'tcp';
  const behind = length - from - shown.length;
  return (
    <Box flexDirection="column" height={height}>
      {isEmpty && <Text dimColor>{DUEL_TEXTS[language].empty}</Text>}
      {shown.map(({ text, look, place }, at) => {
        const isCutAbove = at === 0 && from > 0 && scrolled > 0;
        const isCutBelow = at === shown.length - 1 && behind > 0;
        const words = isCutAbove ? above(count(from + 1)) : isCutBelow ? below(count(behind + 1)) : text;
        return (
          <Text key={place} wrap="truncate" {...lookOf(isCutAbove || isCutBelow ? 'waiting' : look, hasColour)}>
            {fitted(words, width)}
          </Text>
        );
      })}
    </Box>
  );
}

function Line({ typing, language, columns }: DuelScreenProps): ReactNode {
  const label = `› ${DUEL_TEXTS[language].message}`;
  const width = stringWidth(label) + 1;
  return (
    <Box>
      <Box width={width}>
        <Text bold>{label}</Text>
      </Box>
      <Field field={typing.field} isFocused={true} hint={undefined} width={columns - width - 2} />
    </Box>
  );
}

function Status({ model, notice, language, columns, hasColour }: DuelScreenProps): ReactNode {
  const texts = DUEL_TEXTS[language];
  return (
    <Box flexDirection="column">
      <Text wrap="truncate" dimColor>
        {fitted(linkLine(model.link, language), columns)}
      </Text>
      {notice === undefined ? (
        <Text wrap="truncate" dimColor>
          {fitted(texts.hint, columns)}
        </Text>
      ) : (
        noticeLines(notice, columns)
          .map((line, row) => ({ line, row }))
          .map(({ line, row }) => (
            <Text key={row} {...lookOf('doubtful', hasColour)}>
              {line === '' ? ' ' : line}
            </Text>
          ))
      )}
    </Box>
  );
}

function Keys({ language, columns, rows }: DuelScreenProps): ReactNode {
  const texts = DUEL_TEXTS[language];
  const keyWidth = Math.max(...texts.keys.map(([key]) => stringWidth(key)));
  return (
    <Box flexDirection="column" height={rows} width={columns}>
      <Text bold>{texts.keysTitle}</Text>
      {texts.keys.map(([key, does]) => (
        <Text key={`${key} ${does}`}>{fitted(`${key.padEnd(keyWidth)}  ${does}`, columns)}</Text>
      ))}
    </Box>
  );
}

function lookOf(look: Look, hasColour: boolean): { color?: string; dimColor?: boolean } {
  return { ...colourOf(look, hasColour), ...(look === 'waiting' && { dimColor: true }) };
}
