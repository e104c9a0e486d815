import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach } from 'vitest';
import { photoStoreContract } from './photo-store.contract.ts';
import { diskPhotoStore } from './photo-store.disk.ts';

const folders: string[] = [];
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

const now = Date.parse('2027-05-30T20:00:00Z');

photoStoreContract('disk', async () => {
  const root = mkdtempSync(join(tmpdir(), 'gangway-store-'));
  folders.push(root);
  const signer = { accessKeyId: 'gangway', secret: 'k7sW2mQ9xV4bT8zL1nR6', region: 'local' };
  const store = diskPhotoStore({ root, signer });
  return {
    store,
    async send(key, bytes) {
      const file = { type: 'image/jpeg', size: bytes.byteLength } as const;
      const { fields } = await store.grant(key, file, now, now + 60_000);
      const parts = async function* () {
        yield bytes;
      };
      const took = await store.receive(key, fields, { from: 0, bytes: parts() }, now);
      if (took.kind !== 'whole') throw new Error(took.kind);
    },
    everything: async () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => relative(root, join(entry.parentPath, entry.name)))
        .sort(),
  };
});
