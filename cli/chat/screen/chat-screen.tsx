// The chat as a screen: inbox, people, the three fields, the status. Drawn from values alone.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import type { Language } from '../../../reports/language/language.ts';
import { numbersIn } from '../../../reports/language/numbers.ts';
import { linkLine } from '../../across/link-line.ts';
import { printable } from '../../printable.ts';
import { colourOf, Field, fitted, isTooSmall, LEAST, Rule } from '../../screen/parts.tsx';
import { type ChatModel, ownMessages } from '../model/chat-model.ts';
import { countsOf } from '../model/own-messages.ts';
import { type FieldName, hintOf, type Typing } from '../model/typing.ts';
import { CHAT_TEXTS, type CountName } from '../texts.ts';
import { type InboxLine, inboxWindow } from './inbox-lines.ts';

export interface ChatScreenProps {
  readonly model: ChatModel;
  readonly typing: Typing;
  readonly language: Language;
  readonly columns: number;
  readonly rows: number;
  readonly nowMs: number;
  readonly hasColour: boolean;
}

/** Title, rule, three fields, rule, two lines of status; a link between has one more. */
const OTHER_ROWS = 8;
const PEOPLE_WIDTH = 22;
const FEWEST_COLUMNS_WITH_PEOPLE = 76;

/** How many lines of the inbox are seen at once. */
export function inboxHeight(rows: number, hasLink = false): number {
  return Math.max(1, rows - OTHER_ROWS - (hasLink ? 1 : 0));
}

/** Beside the people, where there is room for them. */
export function inboxWidth(columns: number): number {
  return columns >= FEWEST_COLUMNS_WITH_PEOPLE ? columns - PEOPLE_WIDTH - 1 : columns;
}

/** Of a line of the inbox: its last column stays free. */
export function lineWidth(columns: number): number {
  return inboxWidth(columns) - 1;
}

export function ChatScreen(props: ChatScreenProps): ReactNode {
  const { language, columns, rows, typing } = props;
  const hasLink = props.model.link !== undefined;
  if (isTooSmall(props)) {
    return <Text>{CHAT_TEXTS[language].tooSmall(String(LEAST.columns), String(LEAST.rows))}</Text>;
  }
  // The keys take the whole of a screen on which they have no room beside the rest.
  if (typing.showsKeys && inboxHeight(rows, hasLink) < CHAT_TEXTS[language].keys.length) {
    return <Keys {...props} width={columns} height={rows - 1} />;
  }
  const width = inboxWidth(columns);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box>
        <Box flexDirection="column" width={width}>
          {typing.showsKeys ? (
            <Keys {...props} width={width} height={inboxHeight(rows, hasLink)} />
          ) : (
            <Inbox {...props} />
          )}
        </Box>
        {width < columns && <People {...props} />}
      </Box>
      <Rule columns={columns} />
      <Fields {...props} />
      <Rule columns={columns} />
      <Status {...props} />
    </Box>
  );
}

function Inbox({ model, typing, language, columns, rows, hasColour }: ChatScreenProps): ReactNode {
  const texts = CHAT_TEXTS[language];
  const { count } = numbersIn(language);
  const height = inboxHeight(rows, model.link !== undefined);
  const view = { height, scrolled: typing.scrolled };
  const { lines, above, below } = inboxWindow(model, view, { width: lineWidth(columns), language });
  const shown = lines.map((line, place) => ({ line, place }));
  const more = [
    ...(above > 0 ? [texts.above(count(above))] : []),
    ...(above === 0 && model.forgotten > 0 ? [texts.forgotten(count(model.forgotten))] : []),
    ...(below > 0 ? [texts.below(count(below))] : []),
  ];
  return (
    <>
      <Box>
        <Text bold>{texts.inbox}</Text>
        <Text dimColor> {more.join(' ')}</Text>
      </Box>
      <Box flexDirection="column" height={height}>
        {shown.length === 0 && <Text dimColor>{texts.empty}</Text>}
        {shown.map(({ line, place }) => (
          <Line key={place} line={line} hasColour={hasColour} />
        ))}
      </Box>
    </>
  );
}

function Line({ line, hasColour }: { line: InboxLine; hasColour: boolean }): ReactNode {
  return (
    <Text
      bold={line.look === 'head'}
      dimColor={line.look === 'note' || line.look === 'waiting'}
      wrap="truncate"
      {...colourOf(line.look, hasColour)}
    >
      {line.text === '' ? ' ' : line.text}
    </Text>
  );
}

function Keys({ language, width, height }: ChatScreenProps & { width: number; height: number }): ReactNode {
  const texts = CHAT_TEXTS[language];
  const keyWidth = Math.max(...texts.keys.map(([key]) => stringWidth(key)));
  return (
    <>
      <Text bold>{texts.keysTitle}</Text>
      <Box flexDirection="column" height={height} width={width}>
        {texts.keys.map(([key, does]) => (
          <Text key={key}>{fitted(`${key.padEnd(keyWidth)} ${does}`, width)}</Text>
        ))}
      </Box>
    </>
  );
}

function People({ model, language, rows }: ChatScreenProps): ReactNode {
  const texts = CHAT_TEXTS[language];
  const height = inboxHeight(rows, model.link !== undefined);
  const shown = model.people.length > height ? model.people.slice(0, height - 1) : model.people;
  const rest = model.people.length - shown.length;
  return (
    <Box flexDirection="column" width={PEOPLE_WIDTH} marginLeft={1}>
      <Text bold>
        {texts.people} {model.people.length}
      </Text>
      {shown.map(({ name, transport }) => (
        <PersonLine key={name} name={name} how={name === model.name ? `${transport}, ${texts.you}` : transport} />
      ))}
      {rest > 0 && <Text dimColor>+ {rest}</Text>}
    </Box>
  );
}

function PersonLine({ name, how }: { name: string; how: string }): ReactNode {
  const whole = fitted(`${printable(name)} ${printable(how)}`, PEOPLE_WIDTH);
  const shown = fitted(printable(name), PEOPLE_WIDTH);
  return (
    <Text>
      {shown}
      <Text dimColor>{whole.startsWith(shown) ? whole.slice(shown.length) : ''}</Text>
    </Text>
  );
}

const FIELDS: readonly FieldName[] = ['to', 'subject', 'body'];

function Fields({ model, typing, language, columns }: ChatScreenProps): ReactNode {
  const texts = CHAT_TEXTS[language];
  const width = Math.max(...FIELDS.map((name) => stringWidth(texts.fields[name]))) + 2;
  const names = model.people.map(({ name }) => name).filter((name) => name !== model.name);
  return (
    <Box flexDirection="column">
      {FIELDS.map((name) => {
        const isFocused = typing.focus === name;
        return (
          <Box key={name}>
            <Box width={width}>
              <Text bold={isFocused}>
                {isFocused ? '› ' : '  '}
                {texts.fields[name]}
              </Text>
            </Box>
            <Field
              field={typing.fields[name]}
              isFocused={isFocused}
              hint={name === 'to' ? hintOf(typing, names) : undefined}
              width={columns - width - 2}
            />
          </Box>
        );
      })}
    </Box>
  );
}

/** Sent, confirmed, received. */
const ALWAYS_COUNTED = 3;

function Status({ model, language, columns, nowMs, hasColour }: ChatScreenProps): ReactNode {
  const texts = CHAT_TEXTS[language];
  const { count, milliseconds } = numbersIn(language);
  const counts = { ...countsOf(ownMessages(model)), ...model.counts };
  const told = (Object.keys(texts.counts) as CountName[])
    .filter((name, at) => at < ALWAYS_COUNTED || counts[name] > 0)
    .map((name) => `${texts.counts[name]} ${count(counts[name])}`)
    .join(' · ');
  const { connection, roundTripMs } = model;
  const where = [
    `${printable(model.name)} · ${model.transport} · ${model.server}`,
    ...(roundTripMs === undefined ? [] : [texts.roundTrip(milliseconds(roundTripMs))]),
    texts.keysHint,
    texts.send,
  ].reduce((line, part) => (stringWidth(`${line} · ${part}`) > columns ? line : `${line} · ${part}`));
  const isDown = connection.kind === 'down';
  const first = isDown
    ? texts.down(
        printable(connection.why),
        connection.retryAtMs > nowMs ? count(Math.ceil((connection.retryAtMs - nowMs) / 1000)) : undefined,
      )
    : where;
  return (
    <Box flexDirection="column">
      <Text wrap="truncate" {...(isDown && colourOf('bad', hasColour))}>
        {fitted(first, columns)}
      </Text>
      <Text wrap="truncate" dimColor>
        {fitted(told, columns)}
      </Text>
      {model.link !== undefined && (
        <Text wrap="truncate" dimColor>
          {fitted(linkLine(model.link, language), columns)}
        </Text>
      )}
    </Box>
  );
}
