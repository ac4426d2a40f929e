/** The client without its XMLHttpRequest, its file reader and its storage; the package has types for the whole alone. */
declare module "tus-js-client/lib.esm/upload.js" {
  import { type UploadOptions, Upload as Whole } from "tus-js-client";

  export default class Upload extends Whole {
    static readonly defaultOptions: UploadOptions;
  }
}
