/**
 * The files of the local object store, whole or not there. fauxqs 2.4.1 writes them in place: killed meanwhile, or on a full disk, it leaves half of
 * one, and half of a description ends every later start. The names are fauxqs's own; the integration tests hold them.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

type StoredObject = { readonly key: string; readonly body: Uint8Array };

export type ObjectFiles = {
  bucketsDir: string;
  insertBucket: (name: string, creationDate: Date, type: string) => void;
  upsertObject: (bucket: string, object: StoredObject) => void;
};

const [DATA, ABOUT, BUCKET, PARTIAL] = [".data", ".meta.json", ".bucket.json", ".partial"];

/** From now on a reader finds the earlier files or the new ones. */
export function writeWholeFiles(files: ObjectFiles): void {
  files.insertBucket = (name, creationDate, type) => {
    mkdirSync(join(files.bucketsDir, name, "objects"), { recursive: true });
    replaceFiles([[join(files.bucketsDir, name, BUCKET), JSON.stringify({ name, creationDate, type })]]);
  };
  files.upsertObject = (bucket, object) => {
    const path = join(files.bucketsDir, bucket, "objects", toPath(object.key));
    mkdirSync(dirname(path), { recursive: true });
    const about = JSON.stringify({ ...object, body: undefined });
    replaceFiles([[`${path}${DATA}`, object.body], [`${path}${ABOUT}`, about]]);
  };
}

/** Describes anew what an earlier release left half described. The data were written before, so they are whole. */
export function mendTornFiles({ bucketsDir }: ObjectFiles): void {
  for (const bucket of readdirSync(bucketsDir)) {
    const about = join(bucketsDir, bucket, BUCKET);
    if (existsSync(about) && !isJson(about)) replaceFiles([[about, JSON.stringify({ name: bucket, creationDate: new Date(), type: "general-purpose" })]]);
    const objects = join(bucketsDir, bucket, "objects");
    for (const name of existsSync(objects) ? readdirSync(objects, { recursive: true, encoding: "utf8" }) : []) {
      if (name.endsWith(ABOUT) && !isJson(join(objects, name))) describeAnew(objects, join(objects, name.slice(0, -ABOUT.length)));
    }
  }
}

function describeAnew(objects: string, path: string): void {
  if (!existsSync(`${path}${DATA}`)) return rmSync(`${path}${ABOUT}`);
  const body = readFileSync(`${path}${DATA}`);
  const described = {
    key: toKey(relative(objects, path)),
    contentType: "application/octet-stream",
    contentLength: body.byteLength,
    etag: `"${createHash("md5").update(body).digest("hex")}"`,
    lastModified: statSync(`${path}${DATA}`).mtime,
    metadata: {},
  };
  replaceFiles([[`${path}${ABOUT}`, JSON.stringify(described)]]);
}

/** All are written before the first is replaced: a full disk changes nothing. */
function replaceFiles(files: readonly (readonly [path: string, content: string | Uint8Array])[]): void {
  try {
    for (const [path, content] of files) writeFileSync(`${path}${PARTIAL}`, content);
    for (const [path] of files) renameSync(`${path}${PARTIAL}`, path);
  } catch (failure) {
    for (const [path] of files) rmSync(`${path}${PARTIAL}`, { force: true });
    throw failure;
  }
}

function isJson(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, "utf8"));
    return true;
  } catch {
    return false;
  }
}

function toPath(key: string): string {
  // oxlint-disable-next-line no-control-regex -- as fauxqs has it
  return key.replaceAll(/[<>:"|?*\\%\x00-\x1f]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`).split("/").join(sep);
}

function toKey(path: string): string {
  return path.split(sep).join("/").replaceAll(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
