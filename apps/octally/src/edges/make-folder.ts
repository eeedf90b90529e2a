import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * A folder and those above it. Not Node's own `recursive`: that never ends where a folder is there but answers ENOENT for its
 * children, as those of /proc do.
 */
export async function makeFolder(path: string): Promise<void> {
  const absolute = resolve(path);
  if (await isFolder(absolute)) return;
  const above = dirname(absolute);
  if (above !== absolute) await makeFolder(above);
  try {
    await mkdir(absolute);
  } catch (failure) {
    // Somebody else was faster.
    if (!(await isFolder(absolute))) throw failure;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
