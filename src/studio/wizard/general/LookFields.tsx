import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { ImageAddRegular } from '@fluentui/react-icons/svg/image-add';
import { useRef, useState } from 'react';
import { DEFAULT_BRAND_COLOR, readGeneral, setGeneral, setIcon } from '../../../connector/index.ts';
import { ConnectorIcon } from '../../components/ConnectorIcon.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { describeField } from '../field-problem.ts';
import type { StepProps } from '../step-props.ts';
import { readPicture } from './draw-icon.ts';
import { IconDialog } from './IconDialog.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  note: { color: tokens.colorNeutralForeground2 },
  swatch: {
    width: '40px',
    height: '32px',
    padding: '2px',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    cursor: 'pointer',
  },
  hex: { width: '140px' },
});

const HEX = /^#[0-9a-f]{6}$/i;

/** The icon and the colour that people know the connector by. */
export function LookFields({
  definition,
  problems,
  onChange,
}: Pick<StepProps, 'definition' | 'problems' | 'onChange'>) {
  const styles = useStyles();
  const { brandColor } = readGeneral(definition);
  const setColor = (color: string) => onChange(setGeneral(definition, { brandColor: color }), 'Brand colour');
  return (
    <>
      <IconField definition={definition} onChange={onChange} />
      <Field
        label="Brand colour"
        hint={HEX.test(brandColor) ? describeContrast(brandColor) : 'Behind the icon, as #rrggbb.'}
        {...describeField(problems, '/properties/iconBrandColor')}
      >
        {(field) => (
          <div className={styles.row}>
            <input
              type="color"
              aria-label="Choose the brand colour"
              className={styles.swatch}
              value={HEX.test(brandColor) ? brandColor.toLowerCase() : DEFAULT_BRAND_COLOR}
              onChange={(event) => setColor(event.target.value)}
            />
            <Input
              {...field}
              className={styles.hex}
              placeholder={DEFAULT_BRAND_COLOR}
              spellCheck={false}
              value={brandColor}
              onChange={(_, data) => setColor(data.value.trim())}
            />
          </div>
        )}
      </Field>
    </>
  );
}

function IconField({ definition, onChange }: Pick<StepProps, 'definition' | 'onChange'>) {
  const styles = useStyles();
  const chooser = useRef<HTMLInputElement>(null);
  const [image, setImage] = useState<HTMLImageElement>();
  const [error, setError] = useState<unknown>();
  const { title, icon, brandColor } = readGeneral(definition);
  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    setError(undefined);
    await readPicture(file).then(setImage, setError);
  };
  return (
    <>
      <div className={styles.row}>
        <ConnectorIcon
          title={title || 'Untitled connector'}
          icon={icon && `data:image/png;base64,${icon}`}
          brandColor={brandColor}
          size={64}
        />
        <input
          ref={chooser}
          hidden
          type="file"
          aria-label="Picture of the icon"
          accept="image/png,image/jpeg,image/svg+xml"
          onChange={(event) => {
            void open(event.target.files?.[0]);
            // The same file can be chosen again.
            event.target.value = '';
          }}
        />
        <Button icon={<ImageAddRegular />} onClick={() => chooser.current?.click()}>
          {icon === undefined ? 'Choose an icon' : 'Choose another icon'}
        </Button>
        {icon !== undefined && (
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            onClick={() => onChange(setIcon(definition, undefined), 'Icon removed')}
          >
            Remove icon
          </Button>
        )}
        <Text size={200} className={styles.note}>
          PNG, JPEG or SVG, up to 5 MB.
        </Text>
      </div>
      <ErrorNotice error={error} title="The icon was not changed." />
      {image !== undefined && (
        <IconDialog
          image={image}
          brandColor={HEX.test(brandColor) ? brandColor : undefined}
          onClose={() => setImage(undefined)}
          onUse={(png) => {
            setImage(undefined);
            onChange(setIcon(definition, png), 'Icon');
          }}
        />
      )}
    </>
  );
}

/** White is what Power Platform draws icons in: whether it is seen on the colour. */
function describeContrast(hex: string): string {
  const ratio = 1.05 / (readLuminance(hex) + 0.05);
  const words = `A white icon has a contrast of ${ratio.toFixed(1)} to 1 on it`;
  return ratio >= 3 ? `${words}: easy to see.` : `${words}: hard to see. Choose a darker colour.`;
}

/** Relative luminance, as WCAG 2 defines it. */
function readLuminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
