/** `REDIS_URL`: one server, three or more Sentinels that know the present master, or the nodes of a Cluster. */

export interface Node {
  readonly host: string;
  readonly port: number;
}

/** Name and password of the bot at Redis; both may be absent. */
export interface Login {
  readonly username?: string;
  readonly password?: string;
}

export type RedisAddress =
  | { readonly kind: 'socket'; readonly url: string }
  | ({ readonly kind: 'server'; readonly url: string } & Login & { readonly nodes: readonly Node[] })
  | ({
      readonly kind: 'sentinel';
      readonly nodes: readonly Node[];
      readonly tls: boolean;
      /** The name under which the Sentinels know the master. */
      readonly master: string;
      readonly db: number;
    } & Login)
  | ({ readonly kind: 'cluster'; readonly nodes: readonly Node[]; readonly tls: boolean } & Login);

const PORTS = { server: 6379, cluster: 6379, sentinel: 26_379 } as const;
const FORM =
  /^(?<scheme>rediss?)(?:-(?<kind>sentinel|cluster))?:\/\/(?:(?<login>[^@/#]*)@)?(?<nodes>[^@/?#]+)(?:\/(?<db>\d*))?(?:\?[^#]*)?(?:#(?<master>[\w.-]+))?$/;

/** Undefined: not an address of any of these forms. */
export function parseRedisAddress(text: string): RedisAddress | undefined {
  if (/^(unix:)?\//.test(text)) return { kind: 'socket', url: text.replace(/^unix:/, '') };
  const found = FORM.exec(text)?.groups;
  if (!found) return undefined;
  const kind = (found['kind'] ?? 'server') as 'server' | 'sentinel' | 'cluster';
  const nodes = (found['nodes'] ?? '').split(',').map((node) => nodeOf(node, PORTS[kind]));
  if (!nodes.every((node) => node !== undefined)) return undefined;
  const login = loginOf(found['login'] ?? '');
  const { db = '', master } = found;
  const tls = found['scheme'] === 'rediss';
  if (!login || (kind !== 'sentinel' && master !== undefined)) return undefined;
  if (kind === 'server') return nodes.length === 1 ? { kind, url: text, nodes, ...login } : undefined;
  // A Cluster has no numbered databases.
  if (kind === 'cluster') return Number(db) === 0 ? { kind, nodes, tls, ...login } : undefined;
  return master ? { kind, nodes, tls, master, db: Number(db), ...login } : undefined;
}

function nodeOf(text: string, port: number): Node | undefined {
  const url = URL.parse(`redis://${text}`);
  const fits = url !== null && url.hostname !== '' && url.pathname === '';
  return fits ? { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || port) } : undefined;
}

/** As an address writes them, `name:password`; undefined: not written so that it can be read. */
function loginOf(text: string): Login | undefined {
  const [name = '', ...rest] = text.split(':');
  try {
    const [username, password] = [name, rest.join(':')].map(decodeURIComponent);
    return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
  } catch {
    return undefined;
  }
}
