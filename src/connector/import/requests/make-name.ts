/** An operation id of a request's name: `Get 3D Secure availability` → `Get3DSecureAvailability`. */
export function makeName(name: string): string {
  // A name that is the address says less than one made of method and path.
  if (/^https?:|^\{\{|^\/|\/\S*\//.test(name.trim())) return '';
  const words = name
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, 80);
}
