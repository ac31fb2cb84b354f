// The duel as a screen: TCP on the left, UDP on the right, one line to type in. Drawn from values alone.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import type { Language } from '../../../reports/language/language.ts';
import { numbersIn } from '../../../reports/language/numbers.ts';
import type { Transport } from '../../across/live-link.ts';
import { CHAT_TEXTS } from '../../chat/texts.ts';
import { printable } from '../../printable.ts';
import { Field, fitted, Rule } from '../../screen/parts.tsx';
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

/** Of the terminal, which has a row more than the screen uses. */
export const LEAST = { columns: 60, rows: 16 };

const SCORE_ROWS = 4;
/** Title, map, rule before the field, the field, rule behind it, link, hint or notice. */
const OTHER_ROWS = 7;
const MAP_ROWS = 2;

/** How many lines of each inbox are seen at once. */
export function inboxHeight(rows: number): number {
  return Math.max(1, rows - OTHER_ROWS - SCORE_ROWS - (MAP_ROWS - 1));
}

export function DuelScreen(props: DuelScreenProps): ReactNode {
  const { language, columns, rows, typing } = props;
  if (columns < LEAST.columns || rows + 1 < LEAST.rows) {
    return <Text>{DUEL_TEXTS[language].tooSmall(String(LEAST.columns), String(LEAST.rows))}</Text>;
  }
  if (typing.showsKeys) return <Keys {...props} />;
  const width = Math.floor((columns - 3) / 2);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box>
        <SideBox {...props} transport="tcp" width={width} />
        <Between height={rows - 5} />
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
  const { model, transport, width, language, hasColour } = props;
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
          <Text {...colourOf('bad', hasColour)}> {fitted(trouble, width - transport.length - 1)}</Text>
        )}
      </Text>
      <MessageMap {...props} />
      {scoreLines(scoreOf({ legs }), language).map((line) => (
        <Text key={line} dimColor wrap="truncate">
          {fitted(line, width)}
        </Text>
      ))}
      <Inbox {...props} />
    </Box>
  );
}

/** The last messages, one character each. */
function MessageMap({ model, transport, width, hasColour }: SideProps): ReactNode {
  const { legs } = model.sides[transport];
  const first = Math.max(0, Math.ceil((legs.length - MAP_ROWS * width) / width) * width);
  const glyphs = legs.slice(first).map((leg, at) => ({ ...glyphOf(leg), number: model.first + first + at }));
  return (
    <Box height={MAP_ROWS} width={width}>
      <Text>
        {glyphs.map(({ glyph, look, number }) => (
          <Text key={number} {...colourOf(look, hasColour)}>
            {glyph}
          </Text>
        ))}
      </Text>
    </Box>
  );
}

function Inbox({ model, transport, width, rows, language, typing, hasColour }: SideProps): ReactNode {
  const { above, below } = CHAT_TEXTS[language];
  const { count } = numbersIn(language);
  const height = inboxHeight(rows);
  const all = inboxLines(model, transport, language);
  const scrolled = Math.min(typing.scrolled, Math.max(0, all.length - height));
  const from = Math.max(0, all.length - height - scrolled);
  const shown = all.slice(from, from + height).map((line, at) => ({ ...line, place: from + at }));
  const isEmpty = model.messages.length === 0 && transport === 'tcp';
  const behind = all.length - from - shown.length;
  return (
    <Box flexDirection="column" height={height}>
      {isEmpty && <Text dimColor>{DUEL_TEXTS[language].empty}</Text>}
      {shown.map(({ text, look, place }, at) => {
        const isCutAbove = at === 0 && from > 0 && scrolled > 0;
        const isCutBelow = at === shown.length - 1 && behind > 0;
        const words = isCutAbove ? above(count(from + 1)) : isCutBelow ? below(count(behind + 1)) : text;
        return (
          <Text key={place} wrap="truncate" {...colourOf(isCutAbove || isCutBelow ? 'waiting' : look, hasColour)}>
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
  const { count } = numbersIn(language);
  const { words, backend, dropped } = model.link;
  const link = texts.link(words, CHAT_TEXTS[language].backends[backend], count(dropped.up), count(dropped.down));
  return (
    <Box flexDirection="column">
      <Text wrap="truncate" dimColor>
        {fitted(link, columns)}
      </Text>
      <Text wrap="truncate" {...(notice === undefined ? { dimColor: true } : colourOf('doubtful', hasColour))}>
        {fitted(notice === undefined ? texts.hint : printable(notice), columns)}
      </Text>
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

const COLOURS: Readonly<Record<Look, string | undefined>> = {
  plain: undefined,
  waiting: undefined,
  good: 'green',
  doubtful: 'yellow',
  bad: 'red',
};

function colourOf(look: Look, hasColour: boolean): { color?: string; dimColor?: boolean } {
  const color = hasColour ? COLOURS[look] : undefined;
  return { ...(color !== undefined && { color }), ...(look === 'waiting' && { dimColor: true }) };
}
