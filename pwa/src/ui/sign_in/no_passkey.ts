import type { NoPasskey } from "../../core/passkeys";
import { sentence, t } from "../../messages";

/** Why fingerprint and face are not offered here, in words. */
export function noPasskeyWords(none: NoPasskey): string {
  if (none.why === "site") return sentence(none.reason);
  return none.why === "address"
    ? t("key.none.address", { address: none.address })
    : t("key.none.browser");
}
