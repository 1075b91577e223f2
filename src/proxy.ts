/** The operator's own way out: one agent for whatever kind of proxy the settings name. */
import { type Dispatcher, ProxyAgent, Socks5ProxyAgent } from 'undici';

/** Asks through the proxy. Both spellings of SOCKS5 leave names to it; the agent knows one. `connectTimeout`: ms. */
export function proxyAgent(
  proxyUrl: string,
  connectTimeout: number,
  limits: Omit<ProxyAgent.Options, 'uri'>,
): Dispatcher {
  return /^socks/i.test(proxyUrl)
    ? new Socks5ProxyAgent(proxyUrl.replace(/^socks5h:/i, 'socks5:'), { connectTimeout })
    : new ProxyAgent({ ...limits, uri: proxyUrl, connectTimeout });
}
