/**
 * Makes `dist/` of `src/`: the program with its packages in some twenty files instead of eight hundred, the loading of which
 * was most of a start, and the playground's page in one. Types are not looked at on the way; `npm run types` does that.
 *
 *     node scripts/build.js           once; what was there of earlier builds is removed
 *     node scripts/build.js --watch   whenever a file has changed
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { build, watch } from 'rolldown';

const PAGE = 'src/playground/page';

/** What the page has beside its modules. */
const assets = {
  name: 'assets',
  buildStart() {
    for (const fileName of readdirSync(PAGE).filter((name) => /\.(?:css|html|svg)$/u.test(name))) {
      const file = resolve(PAGE, fileName);
      this.addWatchFile(file);
      this.emitFile({ type: 'asset', fileName, source: readFileSync(file) });
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
  // node-fetch wants it where there is no URL. It needs punycode, of which newer versions of Node warn at every start.
  resolve: { alias: { 'whatwg-url': 'node:url' } },
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
  const built = await build(all);
  const written = new Set(
    built.flatMap(({ output }, i) => output.map(({ fileName }) => join(all[i].output.dir, fileName))),
  );
  // Afterwards, so that a program that runs from there finds its files at any moment.
  for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(file)) rmSync(file);
  }
}
