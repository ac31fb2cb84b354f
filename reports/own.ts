// What a record has under a name that a file brings: the file may call something "constructor", which every object has.

export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
