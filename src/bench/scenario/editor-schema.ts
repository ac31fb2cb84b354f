// The scenario format as a JSON Schema, for editors. It knows every key and most limits; what depends on two keys at once
// is told when the file is read.
import { z } from 'zod';
import { scenarioSchema, type Vocabulary } from './parse-scenario.ts';

/** The text of the file. Draft 7, which every editor knows. */
export function editorSchema(vocabulary: Vocabulary): string {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema(vocabulary), { io: 'input', target: 'draft-7' });
  const whole = { $schema, title: 'A scenario of transport-lab', $comment: 'Written by npm run schema.', ...schema };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
