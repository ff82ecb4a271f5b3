/// The page at `/`: a question box for people, in one document without outside parts.
enum Page {
    static let html = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Newsdesk</title>
        <style>
          :root { color-scheme: light dark; --ink: #1c1b19; --dim: #6d6a63; --paper: #fbfaf7; --card: #fff;
                  --line: #e4e0d7; --accent: #a2321f; }
          @media (prefers-color-scheme: dark) {
            :root { --ink: #ece8df; --dim: #a09a8d; --paper: #171614; --card: #211f1c; --line: #38342e; --accent: #ef8a70; }
          }
          * { box-sizing: border-box; }
          body { margin: 0; background: var(--paper); color: var(--ink);
                 font: 17px/1.55 Georgia, "Noto Serif", "Noto Serif CJK TC", "Songti TC", serif; }
          main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
          h1 { font-size: 2rem; margin: 0; letter-spacing: -.01em; }
          header p { margin: .2rem 0 1.6rem; color: var(--dim); }
          form { display: flex; gap: .6rem; }
          input { flex: 1; min-width: 0; padding: .8rem 1rem; font: inherit; color: inherit; background: var(--card);
                  border: 1px solid var(--line); border-radius: .5rem; }
          input:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
          button { padding: .8rem 1.3rem; font: inherit; color: #fff; background: #a2321f; border: 0;
                   border-radius: .5rem; cursor: pointer; }
          button:disabled { opacity: .5; cursor: default; }
          .tries { margin: .9rem 0 0; font-size: .9rem; color: var(--dim); }
          .tries button { padding: 0; color: var(--accent); background: none; text-align: left; }
          .tries button + button::before { content: "· "; color: var(--dim); }
          article { margin-top: 1.6rem; padding: 1.2rem 1.4rem; background: var(--card); border: 1px solid var(--line);
                    border-radius: .6rem; }
          article h2 { margin: 0 0 .6rem; font-size: 1.05rem; font-weight: 600; }
          .text { white-space: pre-line; overflow-wrap: anywhere; }
          .refused .text { color: var(--dim); }
          ol { margin: 1rem 0 0; padding: .8rem 0 0; border-top: 1px solid var(--line); list-style: none; font-size: .88rem; }
          li { margin-top: .45rem; overflow-wrap: anywhere; }
          li span { color: var(--dim); }
          a { color: var(--accent); }
          .judge { padding: .1rem .5rem; margin-left: .3rem; background: none; border: 1px solid var(--line); font-size: .9rem; }
          .judge:disabled { opacity: 1; border-color: var(--accent); }
          footer { margin-top: .8rem; font-size: .8rem; color: var(--dim); }
        </style>
        </head>
        <body>
        <main>
          <header><h1>Newsdesk</h1><p>Ask about the stored articles. Every answer names its sources.</p></header>
          <form id="form"><input id="question" autocomplete="off" autofocus maxlength="4000" aria-label="Your question"
            placeholder="What would you like to know?"><button id="send">Ask</button></form>
          <p class="tries" id="tries"><button type="button">What is the latest news?</button></p>
          <section id="answers" aria-live="polite"></section>
        </main>
        <script>
          const form = document.getElementById("form"), box = document.getElementById("question");
          const send = document.getElementById("send"), answers = document.getElementById("answers");
          const conversation = "page-" + Array.from(crypto.getRandomValues(new Uint8Array(12)),
            byte => byte.toString(16).padStart(2, "0")).join("");
          function element(name, text, parent, kind) {
            const made = document.createElement(name);
            if (text) made.textContent = text;
            if (kind) made.className = kind;
            if (parent) parent.append(made);
            return made;
          }
          function day(text) { return text ? new Date(text).toLocaleDateString([], { dateStyle: "long", timeZone: "UTC" }) : ""; }
          function show(question, reply, earlier) {
            const card = element("article", "", null, reply.status === "answered" ? "" : "refused");
            element("h2", question, card);
            element("div", reply.answer, card, "text").lang = reply.language;
            if (reply.citations.length) {
              const list = element("ol", "", card);
              for (const source of reply.citations) {
                const item = element("li", "[" + source.number + "] ", list);
                const safe = source.url && /^https?:/.test(source.url);
                const title = element(safe ? "a" : "b", source.title, item);
                if (safe) { title.href = source.url; title.rel = "noopener noreferrer"; title.target = "_blank"; }
                element("span", " " + [source.source, day(source.published_at)].filter(Boolean).join(", "), item);
              }
            }
            const engine = reply.engine === "template" ? "taken from the articles, no model" : "written by " + reply.engine.slice(4);
            const fresh = reply.as_of ? "newest article on this: " + day(reply.as_of) + " · " : "";
            const foot = element("footer", fresh + engine + " · " + reply.took_ms.toFixed(1) + " ms", card);
            if (reply.turn) for (const [verdict, sign] of [["good", "👍"], ["bad", "👎"]]) {
              const button = element("button", sign, foot, "judge");
              button.title = verdict === "good" ? "This answers my question" : "This is wrong or beside the point";
              button.addEventListener("click", async () => {
                const response = await fetch("/v1/feedback", { method: "POST", headers: { "Content-Type": "application/json" },
                  body: JSON.stringify({ conversation, turn: reply.turn, verdict }) }).catch(() => null);
                if (response && response.ok) for (const other of foot.querySelectorAll("button")) other.disabled = other === button;
              });
            }
            if (earlier) earlier.replaceWith(card); else answers.prepend(card);
            return card;
          }
          // The extract is shown at once, and what a model made of it takes its place.
          async function read(question, response) {
            const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
            let text = "", card = null, isWhole = false;
            for (;;) {
              const { value, done } = await reader.read();
              if (done) break;
              text += value;
              for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
                const [name, data] = text.slice(0, end).split("\n").map(line => line.slice(line.indexOf(":") + 2));
                const reply = JSON.parse(data);
                isWhole = name !== "draft";
                if (name === "error") fail(question, reply.error.message); else card = show(question, reply, card);
              }
            }
            if (!isWhole) throw new Error("cut off");
          }
          function fail(question, message) {
            const card = element("article", "", null, "refused");
            element("h2", question, card);
            element("div", message, card, "text");
            answers.prepend(card);
          }
          form.addEventListener("submit", async event => {
            event.preventDefault();
            const question = box.value.trim();
            if (!question || send.disabled) return;
            send.disabled = true;
            try {
              const response = await fetch("/v1/ask", { method: "POST", headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ question, conversation, stream: true }) });
              if (response.ok) { await read(question, response); box.value = ""; }
              else fail(question, (await response.json()).error.message);
            } catch { fail(question, "The server cannot be reached. Is it running?"); }
            send.disabled = false;
            box.focus();
          });
          document.getElementById("tries").addEventListener("click", event => {
            if (event.target.tagName !== "BUTTON") return;
            box.value = event.target.textContent;
            form.requestSubmit();
          });
          // A link may carry its question: /?q=…
          const linked = new URLSearchParams(location.search).get("q");
          if (linked) { box.value = linked; form.requestSubmit(); }
        </script>
        </body>
        </html>
        """#
}
