import { measureSpeed } from './speed.ts';
const s = await measureSpeed(Number(process.argv[2] ?? 2), Number(process.argv[3] ?? 3), (w) => console.error(w));
for (const x of s) console.log(JSON.stringify(x));
