// A phone's upload library, as it is published (tus-js-client), under Node: one upload, told on stdout as one line of JSON.
//
//   node tus_js_client.mjs '{"endpoint": …, "file": …, "metadata": {…}, "headers": {…}, "options": {…}}'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../pwa/package.json", import.meta.url));
const { Upload } = require("tus-js-client");
const { endpoint, file, metadata, headers, options } = JSON.parse(process.argv[2]);

const upload = new Upload(readFileSync(file), {
  endpoint,
  metadata,
  headers,
  retryDelays: Array.from({ length: 60 }, () => 50),
  onSuccess: () => console.log(JSON.stringify({ done: true, url: upload.url })),
  onError: (error) => {
    const status = error.originalResponse?.getStatus() ?? null;
    console.log(JSON.stringify({ done: false, url: upload.url, status, body: error.originalResponse?.getBody() ?? "" }));
  },
  ...options,
});
upload.start();
