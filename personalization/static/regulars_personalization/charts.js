// Draws the charts of a page with Chart.js, in the colours of the admin's theme. Without this script their tables say the same.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const whiskers = {
    id: "whiskers",
    afterDatasetsDraw(chart) {
      const isLying = chart.options.indexAxis === "y";
      const scale = chart.scales[isLying ? "x" : "y"];
      const pen = chart.ctx;
      pen.save();
      pen.strokeStyle = css("--body-fg");
      pen.lineWidth = 1.5;
      chart.data.datasets.forEach((dataset, number) => {
        if (!chart.isDatasetVisible(number)) return;
        chart.getDatasetMeta(number).data.forEach((bar, place) => {
          const interval = dataset.intervals[place];
          if (!interval) return;
          const [low, high] = interval.map((value) => scale.getPixelForValue(value));
          const cap = Math.min(5, (isLying ? bar.height : bar.width) / 3);
          pen.beginPath();
          if (isLying) {
            pen.moveTo(low, bar.y); pen.lineTo(high, bar.y);
            for (const x of [low, high]) { pen.moveTo(x, bar.y - cap); pen.lineTo(x, bar.y + cap); }
          } else {
            pen.moveTo(bar.x, low); pen.lineTo(bar.x, high);
            for (const y of [low, high]) { pen.moveTo(bar.x - cap, y); pen.lineTo(bar.x + cap, y); }
          }
          pen.stroke();
        });
      });
      pen.restore();
    },
  };

  const colours = (data, number) => {
    if (data.ours === null || data.series.length > 1) return css(`--regulars-series-${number % 4 + 1}`);
    return data.labels.map((_, place) => css(place === data.ours ? "--regulars-series-1" : "--regulars-series-quiet"));
  };

  // Long labels take several lines, for Chart.js would cut or turn them.
  const lines = (label, longest) => {
    const found = [""];
    for (const word of label.split(" ")) {
      const last = found.at(-1);
      if (last && last.length + word.length >= longest) found.push(word);
      else found[found.length - 1] = last ? `${last} ${word}` : word;
    }
    return found;
  };

  const settings = (data) => {
    const [index, value] = data.lying ? ["y", "x"] : ["x", "y"];
    const text = css("--body-fg");
    const tick = (number) => (data.share ? `${Math.round(number * 1000) / 10} %` : number);
    const highest = Math.max(...data.series.flatMap((each) => each.intervals.filter(Boolean).map((interval) => interval[1])), 0);
    return {
      type: "bar",
      data: {
        labels: data.labels.map((label) => lines(label, data.lying ? 18 : 12)),
        datasets: data.series.map((each, number) => ({
          label: each.name,
          data: each.values,
          texts: each.texts,
          intervals: each.intervals,
          backgroundColor: colours(data, number),
          borderRadius: 3,
          maxBarThickness: 26,
        })),
      },
      options: {
        indexAxis: index,
        animation: false,
        maintainAspectRatio: false,
        scales: {
          [value]: {
            beginAtZero: true,
            suggestedMax: highest,
            grid: { color: css("--border-color") },
            ticks: { color: text, maxTicksLimit: 6, callback: tick },
          },
          [index]: { grid: { display: false }, ticks: { color: text, autoSkip: false, maxRotation: 0 } },
        },
        plugins: {
          legend: { display: data.series.length > 1, position: "bottom", labels: { color: text, boxWidth: 14 } },
          tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${item.dataset.texts[item.dataIndex]}` } },
        },
      },
      plugins: [whiskers],
    };
  };

  const draw = (place) => {
    const data = JSON.parse(document.getElementById(place.dataset.rgChart).textContent);
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", place.dataset.rgLabel);
    // An element's style that a script sets is none that a policy forbids.
    place.style.height = data.lying ? `${70 + data.labels.length * (18 + 16 * data.series.length)}px` : "260px";
    place.replaceChildren(canvas);
    place.hidden = false;
    return new Chart(canvas, settings(data));
  };

  const places = [...document.querySelectorAll("[data-rg-chart]")];
  let drawn = places.map(draw);
  const redraw = () => {
    drawn.forEach((chart) => chart.destroy());
    drawn = places.map(draw);
  };
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
