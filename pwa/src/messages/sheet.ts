/** The words of a sheet that is painted here: at somebody's desk and on a query point they are the same. */
import { filled, type Values } from "./language";

export const sheet = {
  "sheet.item": ["项目", "Item"],
  "sheet.now": ["本期", "Now"],
  "sheet.before": ["上期", "Before"],
  "sheet.handler": ["经手 {name}", "handled by {name}"],
  "sheet.witness": ["证明 {name}", "witnessed by {name}"],
  "sheet.approver": ["审批 {name}", "approved by {name}"],
  yes: ["是", "Yes"],
  no: ["否", "No"],
} as const;

export function t(message: keyof typeof sheet, values: Values = {}): string {
  return filled(sheet[message], values);
}
