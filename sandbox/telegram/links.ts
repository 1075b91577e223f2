/** Which addresses Telegram takes for a link, and how it writes them down. */

export type CheckedLink =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly error: string };

const wrong = (error: string): CheckedLink => ({ ok: false, error });

/**
 * The link as Telegram stores it: scheme and host in lower case, `http://` where none was given, `/` behind a bare
 * host. Anything but http, https, `tg:` and `ton:` is wrong, and so is a host without a dot.
 */
export function checkedLink(link: string): CheckedLink {
  const own = /^(tg|ton|tonsite):(?:\/\/)?(.*)$/is.exec(link);
  if (own) return ownLink((own[1] ?? '').toLowerCase(), own[2] ?? '');
  const found = /^(?:(https?):\/\/)?([^/?#]*)(.*)$/is.exec(link);
  const scheme = (found?.[1] ?? 'http').toLowerCase();
  const authority = found?.[2] ?? '';
  let rest = found?.[3] ?? '';
  const at = authority.lastIndexOf('@');
  const host = /^(\[[0-9a-f:.]+\]|[^:]*)(?::(\d{1,5}))?$/i.exec(authority.slice(at + 1));
  if (!host) return wrong('Wrong port number specified in the URL');
  const name = (host[1] ?? '').toLowerCase();
  if (name === '') return wrong('URL host is empty');
  if (/[\s"<>\\^`{|}]/.test(name) || name.startsWith('.')) return wrong('Wrong URL host');
  if (!name.includes('.') && !name.startsWith('[')) return wrong('Wrong HTTP URL');
  if (!rest.startsWith('/')) rest = `/${rest}`;
  const port = host[2] === undefined ? '' : `:${Number(host[2])}`;
  return { ok: true, url: `${scheme}://${authority.slice(0, at + 1)}${name}${port}${escapeSpaces(rest)}` };
}

/** The user that a `tg://user?id=…` link means. */
export function userOfLink(link: string): number | undefined {
  const found = /^tg:(?:\/\/)?user\/?\?(?:[^#]*&)?id=(\d{1,16})(?:[&#]|$)/i.exec(link);
  const id = Number(found?.[1]);
  return id > 0 ? id : undefined;
}

/** Whether a link that starts a bot can carry this. */
export const isStartPayload = (payload: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(payload);

function ownLink(scheme: string, rest: string): CheckedLink {
  const found = /^([A-Za-z0-9_-]+|[A-Za-z0-9_.-]+(?=[/?#]|$))([/?#].*)?$/s.exec(rest);
  if (!found) return wrong(rest === '' ? 'URL host is empty' : 'Unallowed characters in URL host');
  return { ok: true, url: `${scheme}://${(found[1] ?? '').toLowerCase()}${found[2] ?? ''}` };
}

const escapeSpaces = (path: string): string =>
  path.replace(/[\s"<>\\^`{|}]/g, (char) => encodeURIComponent(char));
