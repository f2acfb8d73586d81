/**
 * Modules of `src/` for a process or a page that knows no TypeScript. `dist/` has them too, but joined to a few files in
 * which none can be found.
 */
import { build } from 'rolldown';

/** Writes one file for each of them, by its name in `src/`, to a folder of the project. */
export async function compileTo(dir: string, modules: readonly string[]): Promise<void> {
  await build({
    input: Object.fromEntries(modules.map((name) => [name, `src/${name}.ts`])),
    platform: 'node',
    external: ['better-sqlite3'],
    output: { dir, chunkFileNames: '[name].js' },
  });
}

/** One with all that it needs, as text. */
export async function compiled(module: string): Promise<string> {
  const { output } = await build({ input: `src/${module}.ts`, write: false });
  return output[0].code;
}
