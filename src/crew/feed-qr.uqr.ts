import { encode } from 'uqr';

/** The path of a QR code over an address, drawn in units of one module: rows of dark squares, joined where they touch. */
export function qrPath(address: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(address, { ecc: 'M', border: 2 });
  const rows = data.flatMap((row, y) =>
    runsOf(row).map(([from, length]) => `M${from} ${y}h${length}v1h-${length}z`),
  );
  return { size, path: rows.join('') };
}

/** Where dark squares stand side by side in a row: from where, how many. */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    const last = runs.at(-1);
    if (!isDark) return;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
