// Writes the JSON Schemas of what people write and what programs read, after a change of either format.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultJsonSchema } from '../src/bench/folder/result-schema.ts';
import { editorSchema } from '../src/bench/scenario/editor-schema.ts';
import { SCENARIO_FOLDER } from './package.ts';
import { VOCABULARY } from './run/vocabulary.ts';

writeFileSync(join(SCENARIO_FOLDER, 'scenario.schema.json'), editorSchema(VOCABULARY));
writeFileSync(join(SCENARIO_FOLDER, '..', 'docs', 'run.schema.json'), resultJsonSchema());
