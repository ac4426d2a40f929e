/** The secret that signs what another site is told: made here, shown once, and in that site's hands from then on. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
