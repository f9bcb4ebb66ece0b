// The points of the last hour, 10 s apart.

const series = ["grid_w", "evse_w", "production_w", "storage_w"];

export class PowerHistory {
  static capacity = 360;

  interval = 10;
  points = [];
  // When the newest point's time ended, in ms since 1970.
  end = null;

  // Takes the document of /api/v1/history; points that came meanwhile stay.
  load(document) {
    const later = this.points;
    this.interval = document.interval_s;
    this.points = document.series.grid_w.map((_, index) => {
      const point = { number: document.first + index };
      for (const name of series) point[name] = document.series[name][index];
      return point;
    });
    this.end = document.end === undefined ? null : Date.parse(document.end);
    const last = this.points.at(-1)?.number ?? -Infinity;
    for (const point of later.filter((point) => point.number > last)) this.add(point);
  }

  // Takes a point of the event stream; false when points before it are missing.
  add(point, time = Date.now()) {
    const last = this.points.at(-1);
    if (last !== undefined && point.number <= last.number) return true;
    const follows = last === undefined || point.number === last.number + 1;
    this.points.push(point);
    this.end = last !== undefined && this.end !== null
      ? this.end + (point.number - last.number) * this.interval * 1000 : time;
    if (this.points.length > PowerHistory.capacity) this.points.shift();
    return follows;
  }

  has(name) {
    return this.points.some((point) => point[name] !== null && point[name] !== undefined);
  }
}
