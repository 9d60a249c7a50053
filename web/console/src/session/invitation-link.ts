// Where an invitation's secret stands in the address.

const PREFIX = "#invitation=";

export function invitationIn(hash: string): string | null {
  return hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : null;
}
