import { Button, type ButtonProps, Link, type LinkProps } from '@fluentui/react-components';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type AnchorProps = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

/** A link to a page of the studio. */
export const PageLink = createLink((props: AnchorProps & Pick<LinkProps, 'appearance' | 'inline'>) => (
  <Link {...(props as LinkProps & { as?: 'a' })} />
));

type ButtonLook = Pick<ButtonProps, 'appearance' | 'icon' | 'size' | 'iconPosition'>;

/** A link that looks like a button. */
export const ButtonLink = createLink((props: AnchorProps & ButtonLook) => (
  <Button {...({ ...props, as: 'a' } as ButtonProps)} />
));

/** A link without a look of its own: cards, rows, navigation. */
export const PlainLink = createLink((props: AnchorProps) => <a {...props} />);
