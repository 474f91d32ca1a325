'use strict';
(() => {
  const figures = JSON.parse(document.getElementById('figures').textContent);
  const root = document.documentElement;
  const DASHES = {SOLID: [], DASHED: [7, 4], DOTTED: [2, 3], DASH_DOT: [8, 3, 2, 3], LONG: [14, 5], SPARSE: [2, 8], LONG_SHORT: [12, 3, 4, 3], DASH_DOT_DOT: [8, 3, 2, 3, 2, 3]};
  const SHAPES = {DOT: 'circle', CIRCLE: 'circle', TRIANGLE: 'triangle', SQUARE: 'rect', DIAMOND: 'rectRot', CROSS: 'crossRot', STAR: 'star'};
  const WIDTHS = {THIN: 1, NORMAL: 1.7, STRONG: 2.6};
  const SIZES = {DOT: 4.2, CIRCLE: 4.2, TRIANGLE: 5.4, SQUARE: 5.2, DIAMOND: 5.2, CROSS: 4.6, STAR: 4.6}; // of equal weight to the eye
  const SCALES = {THIN: 0.65, NORMAL: 1, STRONG: 1.45}; // of the points of a cloud
  const RIMS = {FULL: 0.8, HOLLOW: 1.6, RIMMED: 2.4}; // pixels
  const STROKES = {FULL: 1.6, HOLLOW: 0.8, RIMMED: 3}; // of shapes without an inside
  const SWATCH = {line: 34, point: 14, height: 14}; // pixels
  const LONGEST_WORD = 14; // letters of a word written into a plot; names of points are ours, and stand whole
  const NARROW = 500; // pixels
  const BESIDE_POINT = 12; // pixels from a point to its name
  const pixelRatio = () => Math.max(2, window.devicePixelRatio);

  /** A colour of the style sheet, which depends on light or dark. */
  const colour = name => getComputedStyle(root).getPropertyValue('--' + name.toLowerCase()).trim();

  const number = value => value === null || Number.isNaN(value) ? '–' : String(Number(value.toPrecision(4)));

  /** A look as properties of a Chart.js data set. */
  function style(look) {
    const line = look.dash !== 'NONE';
    const strokesOnly = look.marker === 'CROSS' || look.marker === 'STAR';
    const main = colour(look.colour);
    return {
      showLine: line,
      borderDash: DASHES[look.dash],
      borderWidth: WIDTHS[look.weight],
      borderColor: main,
      pointStyle: SHAPES[look.marker] ?? false,
      pointRadius: look.marker === 'DOT' && line ? 1.6 : (SIZES[look.marker] ?? 0) * (line ? 1 : SCALES[look.weight]),
      pointBackgroundColor: look.fill === 'HOLLOW' ? colour('page') : main,
      pointBorderColor: strokesOnly || look.fill === 'HOLLOW' ? main : colour(look.fill === 'RIMMED' ? 'faint' : 'page'),
      pointBorderWidth: strokesOnly ? STROKES[look.fill] : look.marker === 'DOT' && look.fill === 'FULL' ? 0 : RIMS[look.fill],
    };
  }

  /** An axis without a title measures nothing, and is not drawn. */
  function axis(spec) {
    if (spec.title === '') return {type: 'linear', display: false, min: spec.min, max: spec.max};
    const scale = {
      type: spec.scale.toLowerCase(),
      min: spec.min ?? undefined,
      max: spec.max ?? undefined,
      title: {display: true, text: spec.title, color: colour('soft')},
      ticks: {color: colour('soft'), maxRotation: 0, autoSkipPadding: 8, includeBounds: false, maxTicksLimit: 7, callback: number},
      grid: {color: colour('grid'), tickLength: 4},
      border: {color: colour('faint')},
    };
    if (spec.ticks.length) scale.afterBuildTicks = built => { built.ticks = spec.ticks.map(value => ({value})); };
    return scale;
  }

  function options(plot) {
    return {
      animation: false,
      maintainAspectRatio: false,
      devicePixelRatio: pixelRatio(),
      interaction: {mode: 'nearest', intersect: false},
      scales: {x: axis(plot.x), y: axis(plot.y)},
      plugins: {
        legend: {display: false},
        tooltip: {
          displayColors: false,
          filter: item => item.dataset.label !== '',
          callbacks: {label: item => `${item.dataset.label}: ${number(item.parsed.x)}, ${number(item.parsed.y)}`},
        },
      },
    };
  }

  const datasets = plot => plot.curves.map(curve => ({label: curve.label, data: curve.points, clip: 6, ...style(curve.look)}));

  /** Words in the plot, with a rim in the page's colour so that they can be read over points. */
  const words = marks => ({
    id: 'words',
    afterDatasetsDraw({ctx, width, scales: {x, y}}) {
      const nameFont = width < NARROW ? '11px ' : '13px '; // of points: the longest fits on a phone
      ctx.save();
      ctx.textBaseline = 'middle';
      ctx.lineJoin = 'round';
      ctx.lineWidth = 5;
      ctx.strokeStyle = colour('page');
      ctx.fillStyle = colour('ink');
      for (const {text, at, side} of marks) {
        if (at.x === null || at.y === null) continue;
        const ofPoint = side !== 'CENTRE';
        const shown = ofPoint || text.length <= LONGEST_WORD ? text : text.slice(0, LONGEST_WORD - 1) + '…';
        ctx.font = (ofPoint ? nameFont : '600 15px ') + Chart.defaults.font.family;
        ctx.textAlign = side === 'RIGHT' ? 'left' : side === 'LEFT' ? 'right' : 'center';
        const left = x.getPixelForValue(at.x) + (side === 'RIGHT' ? BESIDE_POINT : side === 'LEFT' ? -BESIDE_POINT : 0);
        ctx.strokeText(shown, left, y.getPixelForValue(at.y));
        ctx.fillText(shown, left, y.getPixelForValue(at.y));
      }
      ctx.restore();
    },
  });

  /** The sign of a legend entry, drawn as it is in the plots. */
  function swatch(canvas, look) {
    const drawn = style(look);
    const ratio = pixelRatio();
    const width = drawn.showLine ? SWATCH.line : SWATCH.point;
    canvas.width = width * ratio;
    canvas.height = SWATCH.height * ratio;
    canvas.style.width = width + 'px';
    canvas.style.height = SWATCH.height + 'px';
    const ctx = canvas.getContext('2d');
    ctx.scale(ratio, ratio);
    if (drawn.showLine) {
      ctx.setLineDash(drawn.borderDash);
      ctx.strokeStyle = drawn.borderColor;
      ctx.lineWidth = drawn.borderWidth;
      ctx.beginPath();
      ctx.moveTo(0, SWATCH.height / 2);
      ctx.lineTo(width, SWATCH.height / 2);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    if (drawn.pointStyle) {
      ctx.fillStyle = drawn.pointBackgroundColor;
      ctx.strokeStyle = drawn.pointBorderColor;
      ctx.lineWidth = drawn.pointBorderWidth;
      const point = {pointStyle: drawn.pointStyle, radius: drawn.pointRadius, rotation: 0, borderWidth: drawn.pointBorderWidth};
      Chart.helpers.drawPoint(ctx, point, width / 2, SWATCH.height / 2);
    }
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /** Every named point of a plot as a table. */
  function numbers(plot) {
    const table = element('table');
    table.append(element('caption', plot.title || plot.description));
    const head = table.createTHead().insertRow();
    for (const heading of ['curve', plot.x.title, plot.y.title]) head.append(element('th', heading, {scope: 'col'}));
    const body = table.createTBody();
    for (const curve of plot.curves.filter(each => each.label !== '')) {
      for (const point of curve.points) {
        const row = body.insertRow();
        row.append(element('th', curve.label, {scope: 'row'}), element('td', number(point.x)), element('td', number(point.y)));
      }
    }
    return table;
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const plots = [];
  const swatches = [];
  document.querySelectorAll('figure').forEach((place, index) => {
    const figure = figures[index];
    place.querySelectorAll('.swatch').forEach((canvas, i) => swatches.push({canvas, look: figure.legend[i].look}));
    place.querySelectorAll('.plot canvas').forEach((canvas, i) => {
      const plot = figure.plots[i];
      const chart = new Chart(canvas, {
        type: 'scatter', data: {datasets: datasets(plot)}, options: options(plot), plugins: [words(plot.marks)],
      });
      plots.push({chart, plot});
    });
    const details = place.querySelector('.numbers');
    details.addEventListener('toggle', () => {
      const box = element('div', '', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': figure.title + ', numbers'});
      box.append(...figure.plots.map(numbers));
      details.append(box);
    }, {once: true});
  });

  function drawSwatches() {
    for (const {canvas, look} of swatches) swatch(canvas, look);
  }

  /** Draws everything again, in the colours and sizes that hold now. */
  function redraw() {
    drawSwatches();
    for (const {chart, plot} of plots) {
      chart.data.datasets = datasets(plot);
      chart.options = options(plot);
      chart.resize();
      chart.update();
    }
  }

  drawSwatches();
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  window.addEventListener('beforeprint', () => { root.classList.add('printing'); redraw(); });
  window.addEventListener('afterprint', () => { root.classList.remove('printing'); redraw(); });
})();
