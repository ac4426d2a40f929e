// The reading pages as an ordinary React application writes them: an empty page, a script, then a question to the API.
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Disclosure } from "./Disclosure.jsx";
import "./style.css";
import { Village } from "./Village.jsx";

function App() {
  const [, kind, key] = location.pathname.split("/");
  const isVillage = kind === "v";
  const [data, setData] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    fetch(isVillage ? `/api/v1/villages/${key}` : `/api/v1/disclosures/${key}`)
      .then((answer) => answer.json())
      .then(setData, setError);
  }, [isVillage, key]);
  if (error) return <p>加载失败</p>;
  if (!data) return <p>加载中…</p>;
  return isVillage ? <Village page={data} /> : <Disclosure page={data} />;
}

createRoot(document.getElementById("root")).render(<App />);
