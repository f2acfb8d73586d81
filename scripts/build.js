/**
 * Makes `dist/` of `src/`: the program with its packages in some twenty files instead of eight hundred, the loading of which
 * was most of a start, and the playground's page in one. Types are not looked at on the way; `npm run types` does that.
 *
 *     node scripts/build.js           once, from nothing
 *     node scripts/build.js --watch   whenever a file has changed
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { build, watch } from 'rolldown';

const PAGE = 'src/playground/page';

/** What the page has beside its modules. */
const assets = {
  name: 'assets',
  buildStart() {
    for (const fileName of readdirSync(PAGE).filter((name) => /\.(?:css|html|svg)$/u.test(name))) {
      this.addWatchFile(`${PAGE}/${fileName}`);
      this.emitFile({ type: 'asset', fileName, source: readFileSync(`${PAGE}/${fileName}`) });
    }
  },
};

const program = {
  input: {
    main: 'src/main.ts',
    searchWorker: 'src/searchWorker.ts',
    'playground/standalone': 'src/playground/standalone.ts',
  },
  platform: 'node',
  // Looks beside itself for the part of it that was compiled for this machine.
  external: ['better-sqlite3'],
  // As flat as the top level of `src/`, whose modules are the only ones that ask for files beside them (`import.meta.url`).
  output: { dir: 'dist', chunkFileNames: '[name].js', sourcemap: true },
};

const output = { dir: 'dist/playground/page', sourcemap: true };
const page = { input: `${PAGE}/main.ts`, platform: 'browser', plugins: [assets], output };
/** A classic script: it runs before anything is painted. */
const theme = { input: `${PAGE}/theme.ts`, platform: 'browser', output: { ...output, format: 'iife' } };

const all = [program, page, theme];
if (process.argv.includes('--watch')) {
  watch(all).on('event', (event) => {
    if (event.code === 'ERROR') process.stderr.write(`${String(event.error)}\n`);
    void event.result?.close();
  });
} else {
  rmSync('dist', { recursive: true, force: true });
  await build(all);
}
