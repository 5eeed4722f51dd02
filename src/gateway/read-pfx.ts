import { pbkdf2Sync } from 'node:crypto';
import forge from 'node-forge';
import { CallFailure } from './call-errors.ts';

/** More rounds than files have that are exported today, and few enough for a server that does other things. */
const MOST_KEY_ROUNDS = 1_000_000;
const MOST_OLD_ROUNDS = 100_000;

const FIX =
  'Give the whole PKCS #12 file (.pfx, .p12) in base64, with its RSA private key and its certificate, and the password it was exported with.';

/**
 * Private key and certificate of a PKCS #12 file, as PEM, one below the other.
 *
 * @throws CallFailure InvalidInputs; nothing of the file or its password is in the message
 */
export function readPfx(bytes: Uint8Array, password: string): string {
  const file = openFile(bytes, password);
  const key = listBags(file, forge.pki.oids.pkcs8ShroudedKeyBag, forge.pki.oids.keyBag).flatMap(
    (bag) => bag.key ?? [],
  )[0] as forge.pki.rsa.PrivateKey | undefined;
  if (key?.n === undefined) throw refuse('it holds no RSA private key');
  const own = listBags(file, forge.pki.oids.certBag)
    .flatMap(({ cert }) => cert ?? [])
    .find(({ publicKey }) => (publicKey as forge.pki.rsa.PublicKey).n?.equals(key.n));
  if (own === undefined) throw refuse('it holds no certificate of its private key');
  return `${forge.pki.privateKeyToPem(key)}\n${forge.pki.certificateToPem(own)}`;
}

function openFile(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  boundRounds();
  try {
    const binary = forge.util.createBuffer(Buffer.from(bytes).toString('binary'));
    return forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(binary), false, password);
  } catch (error) {
    const text = String((error as Error).message);
    const isLocked = /MAC could not be verified|Invalid password|decrypt/i.test(text);
    throw refuse(isLocked ? 'its password is another one' : 'it is no PKCS #12 file that can be read');
  }
}

function listBags(file: forge.pkcs12.Pkcs12Pfx, ...types: (string | undefined)[]): forge.pkcs12.Bag[] {
  return types.flatMap((bagType = '') => file.getBags({ bagType })[bagType] ?? []);
}

function refuse(reason: string): CallFailure {
  return new CallFailure(
    'InvalidInputs',
    `The certificate of the authentication cannot be used: ${reason}.`,
    {
      fix: FIX,
    },
  );
}

interface KeyMaker {
  pkcs5: {
    pbkdf2(
      password: string,
      salt: string,
      rounds: number,
      length: number,
      digest?: { algorithm: string },
    ): string;
  };
  pbe: { generatePkcs12Key: OldKeyMaker };
  pkcs12: { generateKey: OldKeyMaker };
}
type OldKeyMaker = (
  password: string,
  salt: unknown,
  id: number,
  rounds: number,
  ...rest: unknown[]
) => unknown;

let isBounded = false;

/** A file says how many rounds its password goes through: the library does them all, and in JavaScript. */
function boundRounds(): void {
  if (isBounded) return;
  isBounded = true;
  const maker = forge as unknown as KeyMaker;
  maker.pkcs5.pbkdf2 = (password, salt, rounds, length, digest) => {
    assertRounds(rounds, MOST_KEY_ROUNDS);
    const name = digest?.algorithm ?? 'sha1';
    return pbkdf2Sync(
      Buffer.from(password, 'binary'),
      Buffer.from(salt, 'binary'),
      rounds,
      length,
      name,
    ).toString('binary');
  };
  const makeOldKey = maker.pbe.generatePkcs12Key;
  const bounded: OldKeyMaker = (password, salt, id, rounds, ...rest) => {
    assertRounds(rounds, MOST_OLD_ROUNDS);
    return makeOldKey(password, salt, id, rounds, ...rest);
  };
  maker.pbe.generatePkcs12Key = bounded;
  maker.pkcs12.generateKey = bounded;
}

function assertRounds(rounds: number, most: number): void {
  if (!(rounds <= most)) throw new RangeError('too many rounds');
}
