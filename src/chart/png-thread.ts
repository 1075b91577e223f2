/** The inside of the thread that `png.ts` starts. */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

// Without a font the renderer leaves the words out and says nothing.
const font = await readFile(new URL(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')));
await initWasm(readFile(new URL(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))));
const chart = new Resvg(workerData as string, { font: { fontBuffers: [font], loadSystemFonts: false } });
parentPort?.postMessage(chart.render().asPng());
