/** What the voice says of a page: lines and amounts, not a row of headings. */
import { expect, it } from "vitest";
import { partsOf, spoken } from "./spoken";

const page = (html: string): string[] => {
  document.body.innerHTML = `<main>${html}</main>`;
  // jsdom lays nothing out: what is on the page counts as shown.
  Object.defineProperty(HTMLElement.prototype, "offsetParent", {
    get: () => document.body,
    configurable: true,
  });
  return partsOf(true).map(({ text }) => text);
};

it("reads the accounts line by line, what is nil left out, and no heading without anything below it", () => {
  const said = page(`
    <h1>红河村</h1><h2>照片</h2><h3>公开栏照片</h3><h2>收支表</h2>
    <table class="money cols-3"><thead><tr><th>项目</th><th>本季</th><th>上季</th></tr></thead><tbody>
    <tr><th><span class="sign">＋</span><span class="lab">本期收入</span><span class="cmp">比上季多 ¥1.00</span></th><td>30,293.40</td><td>1.00</td></tr>
    <tr><th><span class="lab">经营收入</span></th><td>0.00</td><td>10,000.00</td></tr>
    <tr><th><details open><summary><span class="lab">公益支出</span></summary><div class="in"><p class="e1"><span>保洁员工资</span><b>6,000.00</b></p><p>凭证 记-0602</p></div></details></th><td>6,000.00</td><td>1.00</td></tr>
    </tbody></table><h2>各版次</h2>`);
  expect(said).toEqual([
    "红河村",
    "收支表",
    "本期收入，30293.40元",
    "公益支出，6000元，保洁员工资，6000元",
  ]);
});

it("names the figures of a list by their columns", () => {
  const said = page(`<h1>低保</h1><table class="money roll">
    <thead><tr><th>序号</th><th>组</th><th class="num">家庭人口</th><th class="num">金额</th></tr></thead>
    <tbody><tr><th>1 <a class="link" href="/">问</a></th><td>一组</td><td class="num">3</td><td class="num">670.00</td></tr></tbody></table>
    <dl class="pairs"><dt>有异议请打</dt><dd>0954-0000000</dd><dt>标准</dt><dd>¥460.00</dd></dl>`);
  expect(said).toEqual([
    ...["低保", "1，一组，家庭人口 3，金额 670元"],
    ...["有异议请打，0 9 5 4 0 0 0 0 0 0 0", "标准，460元"],
  ]);
});

it("pauses where a line ends and not in the middle of a sentence", () => {
  page(`<p class="left"><i style="display: flex">公示中</i> <i style="display: flex">还剩<b class="n">5</b>天</i></p>
    <p>本期收入 30,293.40 元，主要是经营收入少 10,000.00 元 · 红河镇</p>`);
  const [first, second] = document.querySelectorAll("p");
  expect(spoken(first as HTMLElement, true)).toBe("公示中，还剩 5 天");
  expect(spoken(second as HTMLElement, true)).toBe(
    "本期收入 30293.40 元，主要是经营收入少 10000 元，红河镇",
  );
});
