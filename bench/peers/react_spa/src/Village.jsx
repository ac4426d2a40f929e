import { day, yuan } from "./format.js";

export function Village({ page }) {
  return (
    <main>
      <h1>{page.division.name}</h1>
      <ul>
        {page.latest.map((card) => (
          <li key={card.disclosure_id}>
            <h2>
              <a href={`/d/${card.disclosure_id}`}>{card.title}</a>
            </h2>
            <p>
              {card.category_name.zh} · {card.period_label.zh} · {day(card.opened_at)}
            </p>
            <dl>
              {card.figures.map((figure) => (
                <div key={figure.label.zh}>
                  <dt>{figure.label.zh}</dt>
                  <dd>{yuan(figure.amount)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </main>
  );
}
