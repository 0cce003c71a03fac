import { createEngine } from '/work/main/src/node/engine/createEngine';
import { scanWorker } from './support/workers';
const engine = createEngine({ scanWorker });
await engine.setSources([{ kind: 'path', path: process.argv[2]! }]);
const t = performance.now();
const r = await engine.lookup({ text: process.argv[3]! }, { onProgress: p => console.log('progress', p.bytesRead, p.hits) });
console.log(JSON.stringify(r, null, 1).slice(0, 3000), performance.now() - t);
await engine.dispose();
