/** Where to go after signing in: an address of the studio itself, whatever a link says. */
export function readRedirect(redirect: string | undefined): string {
  if (redirect === undefined || !/^\/(?![/\\])/.test(redirect)) return '/';
  return redirect.startsWith('/sign-in') ? '/' : redirect;
}
