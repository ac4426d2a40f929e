/*
 * The page inside an evidence pack. It opens from a folder, by double click: one classic script that stands in the page
 * with its style and its data, so nothing is loaded and nobody is asked.
 */
import { render } from "preact";
import { chooseLanguage } from "./messages/language";
import packStyle from "./style/evidence_pack.css?inline";
import { Pack, type Sums } from "./ui/pack/checking";
import { PackPage } from "./ui/pack/page";

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? "{}";

const root = document.getElementById("pack");
if (root) {
  const style = document.createElement("style");
  style.textContent = packStyle;
  document.head.append(style);
  chooseLanguage("zh-CN");
  const documents = JSON.parse(textOf("documents")) as { [path: string]: string };
  const sums = JSON.parse(textOf("sums")) as Sums;
  root.replaceChildren();
  render(<PackPage pack={new Pack(documents, sums)} />, root);
}
