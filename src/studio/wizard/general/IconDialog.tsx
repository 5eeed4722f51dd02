import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Slider,
  tokens,
} from '@fluentui/react-components';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { drawIcon, encodeIcon, type IconCut } from './draw-icon.ts';

const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'stretch' },
  canvas: {
    justifySelf: 'center',
    width: '230px',
    height: '230px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    cursor: 'move',
    touchAction: 'none',
  },
});

const SLIDERS = [
  ['zoom', 'Zoom', 100, 400],
  ['x', 'Left to right', 0, 100],
  ['y', 'Top to bottom', 0, 100],
] as const;

interface IconDialogProps {
  readonly image: HTMLImageElement;
  readonly brandColor: string | undefined;
  onUse(png: string): void;
  onClose(): void;
}

/** Cuts a square out of a picture: by dragging it, or with the sliders. */
export function IconDialog({ image, brandColor, onUse, onClose }: IconDialogProps) {
  const styles = useStyles();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cut, setCut] = useState<IconCut>({ zoom: 1, x: 0.5, y: 0.5 });
  useEffect(() => {
    if (canvas.current !== null) drawIcon(canvas.current, image, cut);
  }, [image, cut]);
  const use = () => canvas.current !== null && onUse(encodeIcon(canvas.current));
  return (
    <Dialog open onOpenChange={(_, { open }) => open || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Cut the icon</DialogTitle>
          <DialogContent className={styles.content}>
            <canvas
              ref={canvas}
              role="img"
              aria-label="The icon as it will look"
              className={styles.canvas}
              style={{ background: brandColor }}
              onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
              onPointerMove={(event) => event.buttons > 0 && setCut((before) => drag(before, event, image))}
            />
            {SLIDERS.map(([name, label, min, max]) => (
              <Field key={name} label={label}>
                <Slider
                  min={min}
                  max={max}
                  value={Math.round(cut[name] * 100)}
                  onChange={(_, { value }) => setCut({ ...cut, [name]: value / 100 })}
                />
              </Field>
            ))}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button appearance="primary" onClick={use}>
              Use as icon
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** The picture follows the pointer; a side that fits exactly has nowhere to go. */
function drag(cut: IconCut, event: PointerEvent<HTMLCanvasElement>, image: HTMLImageElement): IconCut {
  const { naturalWidth: width, naturalHeight: height } = image;
  const side = Math.min(width, height) / cut.zoom;
  const scale = side / event.currentTarget.clientWidth;
  const move = (at: number, by: number, room: number) =>
    room < 1 ? at : Math.min(1, Math.max(0, at - (by * scale) / room));
  return {
    ...cut,
    x: move(cut.x, event.movementX, width - side),
    y: move(cut.y, event.movementY, height - side),
  };
}
