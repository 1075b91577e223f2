/** Pictures for invented stories, drawn on the spot: a sky, a sun and hills, one for each number. */
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 960;
const HEIGHT = 504; // 1.91 : 1, the shape that link previews are cut to

type Colour = readonly [number, number, number];

/** Sky at the top, sky at the horizon, sun, then hills from far to near. */
const PALETTES: readonly (readonly Colour[])[] = [
  [
    [38, 70, 108],
    [246, 196, 148],
    [255, 236, 200],
    [120, 132, 150],
    [74, 96, 112],
    [36, 58, 66],
  ],
  [
    [120, 178, 210],
    [232, 240, 236],
    [255, 250, 224],
    [150, 186, 168],
    [98, 146, 112],
    [48, 96, 72],
  ],
  [
    [70, 60, 110],
    [240, 160, 150],
    [255, 222, 180],
    [140, 110, 150],
    [96, 74, 116],
    [52, 42, 74],
  ],
  [
    [170, 196, 214],
    [240, 244, 248],
    [255, 255, 246],
    [186, 202, 214],
    [138, 160, 178],
    [84, 106, 126],
  ],
  [
    [84, 140, 160],
    [250, 222, 160],
    [255, 244, 206],
    [196, 178, 110],
    [150, 140, 74],
    [86, 92, 48],
  ],
];

const drawn = new Map<number, Buffer>();

/** A PNG of 960 x 504 pixels; the same number gives the same picture. */
export function picture(number: number): Buffer {
  const known = drawn.get(number);
  if (known) return known;
  const png = encode(paint(number));
  if (drawn.size > 64) drawn.clear();
  drawn.set(number, png);
  return png;
}

function paint(number: number): Buffer {
  const random = dice(number);
  const palette = PALETTES[number % PALETTES.length] ?? [];
  const [top, horizon, sun, ...hills] = palette as [Colour, Colour, Colour, ...Colour[]];
  const sunX = WIDTH * (0.2 + 0.6 * random());
  const sunY = HEIGHT * (0.25 + 0.25 * random());
  const sunRadius = 34 + 26 * random();
  const ridges = hills.map((colour, index) => {
    const height = ridge(random, index);
    return { colour, heights: Float64Array.from({ length: WIDTH }, (_, x) => height(x)) };
  });
  const rows = Buffer.alloc(HEIGHT * (WIDTH * 3 + 1));
  for (let y = 0; y < HEIGHT; y++) {
    let at = y * (WIDTH * 3 + 1) + 1;
    // Bands of four rows keep the gradient smooth to the eye and small once compressed.
    const sky = mix(top, horizon, Math.min(1, (Math.floor(y / 4) * 4) / (HEIGHT * 0.72)));
    for (let x = 0; x < WIDTH; x++) {
      let colour = sky;
      const distance = Math.hypot(x - sunX, y - sunY) - sunRadius;
      if (distance < 1) colour = mix(colour, sun, Math.min(1, 1 - distance));
      for (const { colour: hill, heights } of ridges) {
        const depth = y - (heights[x] ?? HEIGHT);
        // One pixel of edge is blended, the rest is plain: a smooth ridge for little work.
        if (depth >= 1) colour = hill;
        else if (depth > 0) colour = mix(colour, hill, depth);
      }
      rows[at++] = colour[0];
      rows[at++] = colour[1];
      rows[at++] = colour[2];
    }
  }
  return rows;
}

function ridge(random: () => number, index: number): (x: number) => number {
  const base = HEIGHT * (0.55 + 0.14 * index);
  const waves = [1, 2, 5].map((octave) => ({
    length: (octave * Math.PI * (1 + random())) / WIDTH,
    phase: random() * Math.PI * 2,
    size: (HEIGHT * 0.07) / octave,
  }));
  return (x) =>
    base + waves.reduce((sum, wave) => sum + wave.size * Math.sin(x * wave.length + wave.phase), 0);
}

const mix = (from: Colour, to: Colour, share: number): Colour => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

/** A small generator of numbers in [0, 1): pictures repeat, so tests and screenshots do too. */
function dice(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state / 4_294_967_296;
  };
}

function encode(rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, RGB
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
