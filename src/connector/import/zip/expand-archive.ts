import { unzipSync } from 'fflate';
import type { ImportFile, ImportSource } from '../../definition-types.ts';
import { baseName } from '../package-files.ts';
import { Problems, UnusableInput } from '../problems.ts';

/** Far more than any connector has; what unpacks to more was made to do harm. */
const MAX_FILES = 2000;
const MAX_BYTES = 100 * 1024 * 1024;

/** What programs that pack folders leave behind. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

export function isArchive({ files }: ImportSource): boolean {
  const [file] = files;
  return files.length === 1 && file !== undefined && isZip(file.bytes);
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * The files in a zip archive. Nothing is written anywhere, so names that lead out of the archive could do no harm;
 * they are left out all the same, with a warning. What is unpacked is limited by what the archive says beforehand:
 * an entry that turns out longer is cut off there, and then not readable.
 *
 * @throws UnusableInput for a broken, encrypted or unreasonably large archive, or several packages in one.
 */
export function expandArchive(source: ImportSource, problems: Problems): ImportSource {
  const [archive] = source.files;
  if (archive === undefined) return source;
  const name = baseName(archive.path);
  const files = unpack(name, archive.bytes, problems);
  if (files.length === 0) throw unusable(name, 'holds no files');
  const packages = files.filter((file) => baseName(file.path).toLowerCase() === 'apiproperties.json');
  if (packages.length > 1) {
    const folders = packages.slice(0, 5).map(({ path }) => path.replace(/\/[^/]*$/, ''));
    throw unusable(
      name,
      `holds ${packages.length} connectors (${folders.join(', ')}…); import one at a time`,
    );
  }
  return { name: source.name, files };
}

/**
 * The files in a zip archive, whatever they are.
 *
 * @throws UnusableInput for a broken, encrypted or unreasonably large archive
 */
export function unpackArchive(name: string, bytes: Uint8Array): ImportFile[] {
  return unpack(name, bytes, new Problems());
}

function unpack(name: string, bytes: Uint8Array, problems: Problems): ImportFile[] {
  // Bit 0 of the flags of the first entry (APPNOTE 4.4.4).
  if (((bytes[6] ?? 0) & 1) === 1) throw unusable(name, 'is encrypted');
  let count = 0;
  let total = 0;
  try {
    const entries = unzipSync(bytes, {
      filter: (entry) => {
        if (entry.name.endsWith('/') || LITTER.test(entry.name) || !isInside(entry.name, name, problems))
          return false;
        count += 1;
        total += entry.originalSize;
        if (count > MAX_FILES) throw unusable(name, `holds more than ${MAX_FILES} files`);
        if (total > MAX_BYTES) throw unusable(name, `unpacks to more than ${MAX_BYTES / 1024 / 1024} MB`);
        return true;
      },
    });
    return Object.entries(entries).map(([path, content]) => ({
      path: path.replaceAll('\\', '/'),
      bytes: content,
    }));
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    throw unusable(name, 'is damaged or incomplete');
  }
}

function isInside(path: string, archive: string, problems: Problems): boolean {
  const isSafe =
    !/^[\\/]|^[A-Za-z]:/.test(path) && !path.split(/[\\/]/).includes('..') && !path.includes('\0');
  if (!isSafe) {
    const message = `A file in ${archive} has a name that leads out of the archive; it is left out.`;
    problems.add('CONNECTOR_ARCHIVE_PATH', message);
  }
  return isSafe;
}

function unusable(name: string, why: string): UnusableInput {
  return new UnusableInput('CONNECTOR_ARCHIVE', `${name} is a zip archive that ${why}.`);
}
