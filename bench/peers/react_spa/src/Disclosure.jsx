import { day, yuan } from "./format.js";

function Row({ row }) {
  return (
    <>
      <tr>
        <th>{row.label}</th>
        <td>{yuan(row.amount)}</td>
      </tr>
      {row.entries.map((entry) => (
        <tr key={entry.voucher}>
          <td>
            {entry.date} {entry.voucher} {entry.summary} {entry.party}
          </td>
          <td>{yuan(entry.amount)}</td>
        </tr>
      ))}
    </>
  );
}

export function Disclosure({ page }) {
  const sums = page.sheet.sections.filter((section) => section.kind === "sum");
  return (
    <main>
      <h1>{page.card.title}</h1>
      <p>
        {page.division.name} · {page.card.period_label.zh} · {day(page.card.opened_at)}
      </p>
      {sums.map((section, at) => (
        <table key={at}>
          <tbody>
            {section.rows.map((row) => (
              <Row key={row.pointer || row.id} row={row} />
            ))}
          </tbody>
        </table>
      ))}
    </main>
  );
}
