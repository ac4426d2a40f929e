// What core may use that every JavaScript engine of a browser, a worker or Node has, and that reads and changes nothing.
declare function atob(data: string): string;
declare function btoa(data: string): string;

declare class URL {
  constructor(address: string);
  hash: string;
  readonly href: string;
  readonly pathname: string;
  readonly searchParams: { delete(name: string): void };
}
