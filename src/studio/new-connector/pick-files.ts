import type { PickedFile } from './sources.ts';

/** More than any package has; who drops a whole disk has made a mistake. */
const MAX_FILES = 300;
/** What tools leave in folders. */
const IGNORED = /(?:^|\/)(?:\.|node_modules\/|__MACOSX\/)/;

/** The files of an input; those of a folder with their paths in it. */
export function listInputFiles(files: FileList | null): PickedFile[] {
  return keepUseful([...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/** What was dropped: files, and folders with all that is in them. */
export async function listDroppedFiles(transfer: DataTransfer): Promise<PickedFile[]> {
  // The list of items is gone after the event: ask all of them before waiting for one.
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return listInputFiles(transfer.files);
  const found: PickedFile[] = [];
  const waiting = entries;
  for (let next = waiting.shift(); next !== undefined && found.length <= MAX_FILES; next = waiting.shift()) {
    const path = next.fullPath.replace(/^\//, '');
    if (IGNORED.test(path)) continue;
    if (isFile(next)) found.push({ path, file: await readFile(next) });
    else waiting.push(...(await listFolder(next as FileSystemDirectoryEntry)));
  }
  return keepUseful(found);
}

function keepUseful(files: readonly PickedFile[]): PickedFile[] {
  const useful = files.filter(({ path }) => !IGNORED.test(path));
  if (useful.length > MAX_FILES)
    throw new Error(`These are more than ${MAX_FILES} files. Choose those of one connector.`);
  return useful;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a hundred entries at a time, and none at the end. */
async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
