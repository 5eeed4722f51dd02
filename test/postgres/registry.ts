/** What the databases of this test file need at its end; kept apart so that pure tests load nothing of them. */
const endings: (() => Promise<void>)[] = [];

export function atEndOfFile(ending: () => Promise<void>): void {
  endings.push(ending);
}

export async function runEndings(): Promise<void> {
  for (const ending of endings.splice(0).reverse()) await ending();
}
