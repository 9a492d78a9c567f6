// A small shop. It knows nothing of OpenTelemetry or Verdant: the start command and the environment do all of it.
const express = require('express');

const app = express();

app.get('/health', (_request, response) => {
  response.json({ status: 'ok' });
});

// One article in fifty is broken, one in ten is slow.
app.get('/articles/:id', (request, response) => {
  const id = Number(request.params.id);
  if (id % 50 === 0) {
    response.status(500).json({ error: 'the shelf is broken' });
    return;
  }
  const delay = id % 10 === 0 ? 400 : 20;
  setTimeout(() => response.json({ id, name: `Article ${id}` }), delay);
});

const port = Number(process.env.PORT ?? 8080);
app.listen(port, '127.0.0.1', () => console.log(`shop listens on http://127.0.0.1:${port}`));
