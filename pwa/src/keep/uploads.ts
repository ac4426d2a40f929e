import { database } from "./database";

/** The address of this person's unfinished upload of a photo, if there is one. */
export async function uploadUrl(account: string, sha256: string): Promise<string | null> {
  return (await (await database()).get("uploads", [account, sha256]))?.url ?? null;
}

export async function keepUploadUrl(account: string, sha256: string, url: string): Promise<void> {
  await (await database()).put("uploads", { account, sha256, url });
}

export async function forgetUpload(account: string, sha256: string): Promise<void> {
  await (await database()).delete("uploads", [account, sha256]);
}
