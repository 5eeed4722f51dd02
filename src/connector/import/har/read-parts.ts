import { bareMediaType } from '../../compile/media-types.ts';
import type { NotedField } from '../requests/types.ts';

/** The fields of a recorded `multipart/form-data` body, which browsers keep as text, the content of files left out. */
export function readParts(text: string): NotedField[] {
  const [, boundary] = /^\s*--([^\r\n]+)\r?\n/.exec(text) ?? [];
  if (boundary === undefined) return [];
  return text.split(`--${boundary}`).flatMap((part) => {
    const [head = '', ...content] = part.replace(/^\r?\n/, '').split(/\r?\n\r?\n/);
    const disposition = /^content-disposition:[ \t]*([^\r\n]*)/im.exec(head)?.[1] ?? '';
    const name = readParameter(disposition, 'name');
    if (name === undefined) return [];
    const isFile = readParameter(disposition, 'filename') !== undefined;
    const type = /^content-type:[ \t]*([^\r\n]*)/im.exec(head)?.[1];
    const value = isFile ? '' : content.join('\n\n').replace(/\r?\n$/, '');
    return [
      {
        name,
        kind: isFile ? 'file' : 'text',
        value,
        description: '',
        required: false,
        mediaType: type === undefined ? undefined : bareMediaType(type),
      },
    ];
  });
}

function readParameter(disposition: string, name: string): string | undefined {
  const match = new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(disposition);
  return match?.[1];
}
