import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSignInConnection } from '../data/connections.ts';
import { readSignInMessage, SIGN_IN_CHANNEL, type SignInMessage } from './sign-in-message.ts';

/** How far a sign-in in a window of its own is. */
export type SignInState =
  | { readonly step: 'idle' }
  /** The provider's address is being asked for. */
  | { readonly step: 'starting' }
  /** Somebody is at the provider. */
  | { readonly step: 'waiting'; readonly url: string }
  /** The browser opened no window: a link does. */
  | { readonly step: 'blocked'; readonly url: string }
  /** The window was closed and nothing came back. */
  | { readonly step: 'closed'; readonly url: string }
  /** The provider, or Patchbay, said no. */
  | { readonly step: 'refused'; readonly text: string }
  | { readonly step: 'failed'; readonly error: unknown }
  | { readonly step: 'done' };

export interface SignIn {
  readonly state: SignInState;
  /** Opens the empty window: to be called at the click itself, or the browser blocks it. */
  open(): void;
  /** Leads the window to the provider. */
  begin(connectionId: string): Promise<void>;
  /** Closes the window and forgets what it was for. */
  cancel(): void;
}

const FEATURES = 'popup,width=520,height=720';
const LOOK_MS = 400;
/** The page that people come back to speaks and closes at once: what it said may arrive after it has gone. */
const GRACE_MS = 1_200;

/** Signs in at an identity provider in a window, and notices a blocked or closed one, and what comes back. */
export function useSignIn(onDone?: (connectionId: string) => void): SignIn {
  const [state, setState] = useState<SignInState>({ step: 'idle' });
  const popup = useRef<Window | null>(null);
  const connection = useRef<string>(undefined);
  const begin = useSignInConnection();
  const queryClient = useQueryClient();

  const hear = useCallback(
    (message: SignInMessage | undefined) => {
      const isMine = message?.connectionId === connection.current && connection.current !== undefined;
      // A page that knows of no sign-in cannot say whose it was: it is this window's, if this window waits.
      const isLost =
        message?.connectionId === '' && popup.current !== null && connection.current !== undefined;
      if (message === undefined || (!isMine && !isLost)) return;
      void queryClient.invalidateQueries({ queryKey: ['connections'] });
      if (!message.ok) return setState({ step: 'refused', text: message.text });
      const id = connection.current ?? '';
      connection.current = undefined;
      setState({ step: 'done' });
      onDone?.(id);
    },
    [onDone, queryClient],
  );
  useMessages(hear);
  useClosedWindow(popup, state, setState);
  useEffect(() => () => popup.current?.close(), []);

  return {
    state,
    open: () => {
      popup.current?.close();
      popup.current = window.open('', '_blank', FEATURES);
      if (popup.current) showPatience(popup.current);
      setState({ step: 'starting' });
    },
    begin: async (connectionId) => {
      connection.current = connectionId;
      setState({ step: 'starting' });
      try {
        const { authorizationUrl: url } = await begin.mutateAsync(connectionId);
        if (popup.current === null) return setState({ step: 'blocked', url });
        popup.current.location.href = url;
        setState({ step: 'waiting', url });
      } catch (error) {
        popup.current?.close();
        setState({ step: 'failed', error });
      }
    },
    cancel: () => {
      popup.current?.close();
      popup.current = null;
      connection.current = undefined;
      setState({ step: 'idle' });
    },
  };
}

/** What the empty window shows while the provider's address is asked for. */
function showPatience({ document }: Window): void {
  document.title = 'One moment';
  document.body.style.cssText =
    'font:16px/1.5 system-ui;margin:20vh 24px;text-align:center;color-scheme:light dark';
  document.body.textContent = 'One moment: leading you to the sign-in…';
}

/** From the window that was opened, and from a tab that a link opened. Pages of other origins are not heard. */
function useMessages(hear: (message: SignInMessage | undefined) => void): void {
  useEffect(() => {
    const channel = new BroadcastChannel(SIGN_IN_CHANNEL);
    channel.onmessage = ({ data }) => hear(readSignInMessage(data));
    const onMessage = ({ origin, data }: MessageEvent) => {
      if (origin === window.location.origin) hear(readSignInMessage(data));
    };
    window.addEventListener('message', onMessage);
    return () => {
      channel.close();
      window.removeEventListener('message', onMessage);
    };
  }, [hear]);
}

/** A window tells nobody that it was closed. */
function useClosedWindow(
  popup: { readonly current: Window | null },
  state: SignInState,
  setState: (change: (state: SignInState) => SignInState) => void,
): void {
  const isWaiting = state.step === 'waiting';
  useEffect(() => {
    if (!isWaiting) return;
    let closedAt: number | undefined;
    const timer = setInterval(() => {
      if (popup.current?.closed !== true) return;
      closedAt ??= performance.now();
      if (performance.now() - closedAt < GRACE_MS) return;
      setState((now) => (now.step === 'waiting' ? { step: 'closed', url: now.url } : now));
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isWaiting, popup, setState]);
}
