/** Resolves a reference to a file against the file it stands in; both are relative paths or URLs. */
export function resolvePath(base: string, reference: string): string {
  if (/^[a-z][a-z\d+.-]+:/i.test(reference)) return reference;
  const [, origin = '', path = ''] =
    /^([a-z][a-z\d+.-]+:\/\/[^/?#]*)?([^?#]*)/i.exec(base.replaceAll('\\', '/')) ?? [];
  const written = decode(reference, origin !== '').replaceAll('\\', '/');
  if (written.startsWith('//') && origin !== '') return origin.replace(/\/\/.*$/, '') + written;
  const joined = written.startsWith('/') ? written : path.replace(/[^/]*$/, '') + written;
  return origin + normalize(joined, origin !== '');
}

/** Names of files are no URLs: `my%20types.yaml` means `my types.yaml`. */
function decode(reference: string, isUrl: boolean): string {
  if (isUrl) return reference;
  try {
    return decodeURIComponent(reference.replace(/\?.*$/, ''));
  } catch {
    return reference;
  }
}

function normalize(path: string, isRooted: boolean): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '.' || segment === '') continue;
    const isUp = segment === '..' && (isRooted || (segments.length > 0 && segments.at(-1) !== '..'));
    if (isUp) segments.pop();
    else segments.push(segment);
  }
  return `${isRooted || path.startsWith('/') ? '/' : ''}${segments.join('/')}`;
}
