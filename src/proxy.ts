/** The operator's own way out: one agent for whatever kind of proxy the settings name. */
import { type Dispatcher, ProxyAgent, Socks5ProxyAgent } from 'undici';

/**
 * Asks through the proxy at `proxyUrl`, `http(s)://` or `socks5://`, and gives it `connectTimeout`, ms. Both spellings of
 * SOCKS5 leave names to the proxy; the agent knows one.
 */
export function proxyAgent(
  proxyUrl: string,
  connectTimeout: number,
  limits: Omit<ProxyAgent.Options, 'uri'>,
): Dispatcher {
  return /^socks/i.test(proxyUrl)
    ? new Socks5ProxyAgent(proxyUrl.replace(/^socks5h:/i, 'socks5:'), { connectTimeout })
    : new ProxyAgent({ ...limits, uri: proxyUrl, connectTimeout });
}
