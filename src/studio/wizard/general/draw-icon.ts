/** The size that icons are kept at: sharp in every list, and small in a package. */
const SIDE = 230;
/** What is opened at all: a picture of this size takes a moment to read. */
const MAX_BYTES = 5_000_000;
const TYPES = new Set(['image/png', 'image/jpeg', 'image/svg+xml']);

/** Which square of a picture becomes the icon; everything as a part of the picture. */
export interface IconCut {
  /** 1: the longest square that fits; 2: half of it. */
  readonly zoom: number;
  /** 0: as far left as it goes; 1: as far right. */
  readonly x: number;
  readonly y: number;
}

/** Reads a picture that somebody chose. @throws Error with a sentence for them */
export async function readPicture(file: File): Promise<HTMLImageElement> {
  if (!TYPES.has(file.type)) throw new Error(`“${file.name}” is no PNG, JPEG or SVG picture.`);
  if (file.size > MAX_BYTES) throw new Error(`“${file.name}” is larger than 5 MB. Choose a smaller picture.`);
  try {
    // As an image, an SVG runs no script and loads nothing; what is kept are the pixels.
    const image = new Image();
    image.src = await readDataUrl(file);
    await image.decode();
    return image;
  } catch {
    throw new Error(`“${file.name}” cannot be read as a picture. It may be damaged.`);
  }
}

/** The page may show pictures from `data:`, not from `blob:`. */
function readDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Draws the square of a picture onto a canvas, as large as icons are. */
export function drawIcon(canvas: HTMLCanvasElement, image: HTMLImageElement, cut: IconCut): void {
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (context === null) return;
  // A vector picture may have no size of its own.
  const width = image.naturalWidth || SIDE;
  const height = image.naturalHeight || SIDE;
  const side = Math.min(width, height) / cut.zoom;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, (width - side) * cut.x, (height - side) * cut.y, side, side, 0, 0, SIDE, SIDE);
}

/** The PNG of a canvas in base64. */
export function encodeIcon(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
