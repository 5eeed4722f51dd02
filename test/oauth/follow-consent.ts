/** Follows the pages of oidc-provider as a browser does whose person agrees. @returns the address that leads back */
export async function followConsent(address: string, callback: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = address;
  let form: string | undefined;
  for (let step = 0; step < 20; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
      body: form,
    });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      jar.set(name, value);
    }
    form = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url).href;
      if (url.startsWith(callback)) return url;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined) throw new Error(`No way on from ${url}: ${page.slice(0, 400)}`);
    form = `prompt=${prompt}&login=ada&password=x`;
    url = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', url).href;
  }
  throw new Error('The provider never sends anybody back.');
}
