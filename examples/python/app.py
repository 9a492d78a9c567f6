"""A small shop. It knows nothing of OpenTelemetry or Verdant: the start command and the environment do all of it."""

import os

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/health")
def health():
    return jsonify(status="ok")


@app.get("/articles/<int:article>")
def show(article: int):
    if article % 50 == 0:
        return jsonify(error="the shelf is broken"), 500
    return jsonify(id=article, name=f"Article {article}")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "8081")))
