// Colour where a terminal shows it and nobody asked for none (no-color.org).
import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from 'chalk';

export function paintFor(stream: NodeJS.WriteStream): ChalkInstance {
  const wanted = process.env['NO_COLOR'] === undefined || process.env['NO_COLOR'] === '';
  const supported = stream === process.stderr ? supportsColorStderr : supportsColor;
  return new Chalk({ level: wanted && supported ? supported.level : 0 });
}
