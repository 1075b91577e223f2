/** Hosts to which links in stories may lead: whoever stands in the source's place must not lead readers elsewhere. */

/** The host of an address as two of them are compared; empty where it has none. */
export const hostOf = (address: string): string =>
  (URL.parse(address)?.hostname ?? '').replace(/^www\./, '').replace(/\.$/, '');

/** Whether `address` leads to one of `hosts` or below it; without a list everywhere is right. */
export function leadsHome(address: string, hosts: readonly string[] | undefined): boolean {
  if (hosts === undefined) return true;
  const host = hostOf(address);
  return hosts.some((own) => host === own || (own.includes('.') && host.endsWith(`.${own}`)));
}
