// Writes scenarios/scenario.schema.json, which editors read, after a change of the scenario format.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorSchema } from '../src/bench/scenario/editor-schema.ts';
import { SCENARIO_FOLDER } from './package.ts';
import { VOCABULARY } from './run/vocabulary.ts';

writeFileSync(join(SCENARIO_FOLDER, 'scenario.schema.json'), editorSchema(VOCABULARY));
